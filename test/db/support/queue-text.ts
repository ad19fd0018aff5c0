import type { DataSource } from 'typeorm';
import { newId } from '#server/common/ids.ts';
import type { TestWorkspace } from '../../support/workspace.ts';

/** A text as it is put straight into the queue. */
export interface QueuedText {
  to: string;
  text: string;
  purpose?: 'reply' | 'service' | 'marketing' | 'code' | 'legal';
  segments?: number;
  /** Of the person. */
  fields?: Record<string, string>;
  /** Whether it answers a text of the person's. */
  prompted?: boolean;
  senderId?: string;
  gatewayId?: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Queues a text as a decision would; returns its id. */
export async function queueText(
  source: DataSource,
  { id: workspaceId, gatewayId: usualGateway, senderId: usual }: TestWorkspace,
  queued: QueuedText,
): Promise<string> {
  const { to, text, purpose = 'service', segments = 1, fields = {}, prompted = false, at } = queued;
  const { senderId = usual, gatewayId = usualGateway } = queued;
  const id = newId(at);
  const [contact] = await source.query(
    `insert into contacts (workspace_id, id, phone, fields, created_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, phone) do update set fields = excluded.fields returning id`,
    [workspaceId, newId(at), to, fields, new Date(at)],
  );
  await source.query(
    `insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, cause_id, text, segments, purpose, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10)`,
    [
      workspaceId,
      id,
      contact.id,
      gatewayId,
      senderId,
      prompted ? newId(at) : null,
      text,
      segments,
      purpose,
      new Date(at),
    ],
  );
  const rank = prompted ? 0 : purpose === 'marketing' ? 2 : purpose === 'service' ? 1 : 0;
  await source.query(
    `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [workspaceId, id, contact.id, gatewayId, senderId, rank, new Date(at)],
  );
  return id;
}
