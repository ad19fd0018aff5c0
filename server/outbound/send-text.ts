import type { SendResult } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import { cleanResult } from './clean-result.ts';
import type { ClaimedText } from './read-claimed.ts';
import { within } from './within.ts';

/** Whatever a gateway's own limits are, a send that takes longer is given up, in milliseconds: well before a lease ends. */
export const LONGEST_SEND_MS = 40_000;

/** Hands a text to its gateway; whatever comes of it, a mistake of the gateway's own included, is a result. */
export async function sendText(text: ClaimedText, signal: AbortSignal): Promise<SendResult> {
  const { id, to, againSince, lane } = text;
  const gateway = gatewayOf(lane.gatewayKind);
  if (!gateway)
    return {
      outcome: 'failed',
      reason: `Not sent: its gateway is of a kind that this server does not know (${lane.gatewayKind}).`,
    };
  const { gatewayId, workspaceId, gatewayKind: kind, gatewayConfig: config } = lane;
  const account = { id: gatewayId, workspaceId, kind, config };
  try {
    const key = againSince === null ? id : `${id}-${Math.round(againSince)}`;
    const sent = { id, key, to, from: lane.from ?? '', text: text.text };
    return cleanResult(await within(LONGEST_SEND_MS, gateway.send(sent, account, signal)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return cleanResult({ outcome: 'retry', trouble: 'silent', reason });
  }
}
