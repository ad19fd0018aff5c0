import type { ClientBase } from 'pg';

/**
 * What is still to be done about texts older than an id, in words for the log; null when nothing is. Read from the narrow tables
 * of waiting work, whatever the size of the texts' own.
 */
export async function openWork(client: ClientBase, before: string): Promise<string | null> {
  const { rows } = await client.query<{ what: string }>(
    `select 'texts that wait to be decided' as what where exists (select from backlog where inbound_id < $1)
     union all select 'long texts whose parts are missing' where exists (select from long_texts where inbound_id < $1 and not done)
     union all select 'texts that wait to be sent' where exists (select from outbox where message_id < $1)
     union all select 'texts in the inbox that nobody has read'
       where exists (select from consent_reviews where message_id < $1 and decision is null)`,
    [before],
  );
  return rows.length > 0 ? rows.map(({ what }) => what).join(', ') : null;
}
