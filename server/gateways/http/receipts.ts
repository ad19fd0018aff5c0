import { receiptBodySchema } from '#shared/api/receipts.ts';
import { clean } from '#shared/sms/text.ts';
import type { GatewayRequest, Receipt, ReceivedReceipts } from '../gateway.ts';
import { exactBody } from '../long-numbers.ts';
import { refuseShape } from '../refuse-shape.ts';
import { meansBlocked } from './blocked.ts';

/** So many fit in one request. */
const MOST = 1_000;

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

/** Reads `{ id or messageId, status, code?, reason?, at?, network? }`, one or an array of them. */
export function receiptsJson(request: GatewayRequest): ReceivedReceipts {
  const given = exactBody(request);
  const bodies = Array.isArray(given) ? given : [given];
  if (bodies.length > MOST) return TOO_MANY;
  const receipts: Receipt[] = [];
  for (const body of bodies) {
    const read = receiptBodySchema.safeParse(body);
    if (!read.success)
      return refuseShape(
        'receipt.shape',
        EXAMPLE,
        read.error,
        bodies === given ? receipts.length : undefined,
      );
    const { id, messageId, status: said, code, reason, at, network } = read.data;
    const status = MEANINGS[said.toLowerCase()] ?? 'unknown';
    receipts.push({
      gatewayMessageId: id === undefined ? null : clean(id),
      messageId: messageId ?? null,
      status,
      detail: clean([code, reason].filter(Boolean).join(' ')) || null,
      at: at === undefined ? null : Date.parse(at),
      blocked: status === 'failed' && code !== undefined && meansBlocked(code),
      network: network ?? null,
    });
  }
  return { receipts };
}

const EXAMPLE = '{"id":"your id of the text","status":"delivered"}';
const TOO_MANY: ReceivedReceipts = {
  refused: { status: 413, code: 'receipt.too-many', message: `At most ${MOST} reports fit in one request.` },
};
