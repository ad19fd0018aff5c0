import type { ClientBase } from 'pg';

/** The text of the person's that caused an entry, as the proof of consent tells it: of `i`, see TEXTS. */
export const TEXTED = `case when i.id is not null then json_build_object('at', i.received_at, 'text', i.text, 'from', i.from_address,
  'to', i.to_address, 'gatewayMessageId', i.gateway_message_id) end`;

/** What the person had last read from us before that: of `o`, see TEXTS. */
export const ANSWERED = `case when o.text is not null then json_build_object('at', o.created_at, 'text', o.text, 'sender', o.sender) end`;

/** Joins `e`, an entry of the ledger, with the texts around it. */
export const TEXTS = `left join inbound i on i.workspace_id = e.workspace_id and i.id = e.message_id
  left join lateral (
    select o.created_at, o.text, s.address as sender from outbound o left join senders s on s.id = o.sender_id
    where o.workspace_id = e.workspace_id and o.contact_id = e.contact_id and o.id < e.message_id
      and o.sender_id = i.sender_id
    order by o.id desc limit 1) o on true`;

/** Puts the texts behind every consent aside that was caused by a text older than an id, before these texts are forgotten. */
export async function keepTexts(client: ClientBase, before: string): Promise<void> {
  await client.query(
    `insert into consent_texts (workspace_id, contact_id, id, texted, answered)
     select e.workspace_id, e.contact_id, e.id, ${TEXTED}, ${ANSWERED} from consent_ledger e ${TEXTS}
     where e.message_id < $1 and i.id is not null and not exists (
       select from consent_texts k where k.workspace_id = e.workspace_id and k.contact_id = e.contact_id and k.id = e.id)
     on conflict do nothing`,
    [before],
  );
}

/** Whoever was erased while their texts were put aside is forgotten here as well. The caller lets nobody write texts meanwhile. */
export async function forgetErased(client: ClientBase): Promise<void> {
  await client.query(
    `delete from consent_texts k using contacts c
     where c.workspace_id = k.workspace_id and c.id = k.contact_id and c.number_print is not null`,
  );
}
