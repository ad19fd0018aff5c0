import { z } from 'zod';
import type { GatewayRequest, Receipt, ReceivedReceipts } from '../gateway.ts';

const idSchema = z.union([z.string().min(1).max(200), z.number()]).transform(String);

const receiptSchema = z
  .object({
    /** As the far end answered when it took the text. */
    id: idSchema.optional(),
    /** Ours, as it was sent along. */
    messageId: z.uuid().optional(),
    status: z.string().min(1).max(40),
    code: idSchema.optional(),
    reason: z.string().max(500).optional(),
    at: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ id, messageId }) => id !== undefined || messageId !== undefined);

/** What carriers call it. Whatever else they say is `unknown`: kept, and decides nothing. */
const MEANINGS: Readonly<Record<string, Receipt['status']>> = {
  accepted: 'accepted',
  queued: 'accepted',
  buffered: 'accepted',
  sent: 'accepted',
  enroute: 'accepted',
  delivered: 'delivered',
  failed: 'failed',
  undelivered: 'failed',
  undeliverable: 'failed',
  rejected: 'failed',
  expired: 'failed',
};

/** Reads `{ id or messageId, status, code?, reason?, at? }`, one or an array of them. */
export function receiptsJson(request: GatewayRequest): ReceivedReceipts {
  const bodies = Array.isArray(request.body) ? request.body : [request.body];
  const receipts: Receipt[] = [];
  for (const body of bodies) {
    const read = receiptSchema.safeParse(body);
    if (!read.success) return REFUSED;
    const { id, messageId, status, code, reason, at } = read.data;
    receipts.push({
      gatewayMessageId: id ?? null,
      messageId: messageId ?? null,
      status: MEANINGS[status.toLowerCase()] ?? 'unknown',
      detail: [code, reason].filter(Boolean).join(' ') || null,
      at: at === undefined ? null : Date.parse(at),
    });
  }
  return { receipts };
}

const REFUSED: ReceivedReceipts = {
  refused: {
    status: 400,
    code: 'receipt.shape',
    message: 'Send JSON such as {"id":"your id of the text","status":"delivered"}.',
  },
};
