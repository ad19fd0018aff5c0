import { mediaIn } from '../gateways/media.ts';
import type { TextWork } from './work.ts';

/** What is read of `i`, a row of the texts in, to decide it. */
export const STORED_TEXT =
  'i.workspace_id, i.id, i.gateway_id, i.from_address, i.to_address, i.text, i.gateway_message_id, i.extra';

export interface StoredTextRow {
  workspace_id: string;
  id: string;
  gateway_id: string;
  from_address: string;
  to_address: string;
  text: string;
  gateway_message_id: string | null;
  extra: unknown;
}

/** What a stored text says for itself, as work; whose it is and when it counts is for whoever hands it in. */
export const storedText = (row: StoredTextRow): Omit<TextWork, 'phone' | 'reachable' | 'at' | 'done'> => ({
  kind: 'text',
  id: row.id,
  workspaceId: row.workspace_id,
  gatewayId: row.gateway_id,
  from: row.from_address,
  to: row.to_address,
  text: row.text,
  gatewayMessageId: row.gateway_message_id,
  extra: row.extra === null ? null : JSON.stringify(row.extra),
  media: mediaIn(row.extra),
  stored: true,
});
