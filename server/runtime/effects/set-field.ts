import { batchStatement } from '../../database/write-set.ts';
import type { Scene } from '../scene.ts';
import type { EffectHandler } from './handler.ts';

const mergeFields = batchStatement(
  'field_rows',
  { workspace_id: 'uuid', contact_id: 'uuid', fields: 'jsonb' },
  (rows) => `update contacts c set fields = jsonb_strip_nulls(c.fields || n.fields) from ${rows}
    where c.workspace_id = n.workspace_id and c.id = n.contact_id`,
);

/** A field of the contact; null takes it away. */
export const setField: EffectHandler<'set-field'> = (effect, scene) => {
  scene.fields = { ...scene.fields, [effect.field]: effect.value };
};

/** Writes the fields a decision set; called once a decision. */
export function writeFields(scene: Scene): void {
  if (!scene.fields) return;
  scene.writes.add(mergeFields, {
    workspace_id: scene.workspaceId,
    contact_id: scene.contactId,
    fields: JSON.stringify(scene.fields),
  });
}
