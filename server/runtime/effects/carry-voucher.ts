import { batchStatement } from '../../database/write-set.ts';
import type { EffectHandler } from './handler.ts';

const carry = batchStatement(
  'voucher_carriers',
  { workspace_id: 'uuid', pool: 'text', code: 'text', message_id: 'uuid', at: 'timestamptz' },
  // What was handed on by another way than a text counts as sent, for nobody can tell any more who has seen it.
  (rows) => `update voucher_codes c set texts = c.texts || n.texts,
      state = case when n.at is null then c.state else 'sent' end, sent_at = n.at
    from (
      select workspace_id, pool, code, array_remove(array_agg(message_id), null) as texts,
        min(at) filter (where message_id is null) as at
      from ${rows} group by workspace_id, pool, code) n
    where c.workspace_id = n.workspace_id and c.pool = n.pool and c.code = n.code and c.state = 'reserved'`,
);

/** A text carries a code: until it is known what became of that text, the code is kept for its person. */
export const carryVoucher: EffectHandler<'carry-voucher'> = ({ pool, code, messageId }, scene) => {
  const { workspaceId, writes, at } = scene;
  writes.add(carry, { workspace_id: workspaceId, pool, code, message_id: messageId, at });
};
