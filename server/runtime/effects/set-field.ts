import { batchStatement } from '../../database/write-set.ts';
import type { Scene } from '../scene.ts';
import type { EffectHandler } from './handler.ts';

/** Fields, language and tags in one part: two parts of one statement must not touch the same row. */
const mergeFields = batchStatement(
  'contact_rows',
  { workspace_id: 'uuid', contact_id: 'uuid', fields: 'jsonb', tags: 'jsonb', untagged: 'jsonb' },
  (rows) => `update contacts c set fields = jsonb_strip_nulls(c.fields || (n.fields - 'language')),
      language = case when n.fields ? 'language' then n.fields->>'language' else c.language end,
      tags = array(select distinct tag from (
        select unnest(c.tags) as tag union select jsonb_array_elements_text(n.tags)) t where not n.untagged ? tag order by tag)
    from ${rows} where c.workspace_id = n.workspace_id and c.id = n.contact_id`,
);

/** A field of the contact; null takes it away. `language` is a column of its own. */
export const setField: EffectHandler<'set-field'> = (effect, scene) => {
  scene.fields ??= {};
  scene.fields[effect.field] = effect.value;
};

/** Words put on the contact and taken off. */
export const tag: EffectHandler<'tag'> = ({ add, remove }, scene) => {
  const before = scene.tags ?? { add: [], remove: [] };
  scene.tags = {
    add: [...before.add.filter((one) => !remove.includes(one)), ...add],
    remove: [...before.remove.filter((one) => !add.includes(one)), ...remove],
  };
};

/** Writes the fields and tags a decision set; called once a decision. */
export function writeFields({ fields, tags, workspaceId, contactId, writes }: Scene): void {
  if (!fields && !tags) return;
  writes.add(mergeFields, {
    workspace_id: workspaceId,
    contact_id: contactId,
    fields: JSON.stringify(fields ?? {}),
    tags: JSON.stringify(tags?.add ?? []),
    untagged: JSON.stringify(tags?.remove ?? []),
  });
}
