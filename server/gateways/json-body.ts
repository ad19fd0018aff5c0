import { type Accepted, inboundBodySchema } from '#shared/api/inbound.ts';
import type { GatewayAnswer, GatewayRequest, Received } from './gateway.ts';
import { exactBody } from './long-numbers.ts';
import { mediaOf } from './media.ts';
import { partOf } from './part.ts';
import { refuseShape } from './refuse-shape.ts';

/** Reads `{ from, to, text, id?, media?, part? }`, one or an array of them; what else is in there is kept. */
export function receiveJson(request: GatewayRequest): Received {
  const given = exactBody(request);
  const bodies = Array.isArray(given) ? given : [given];
  const texts = [];
  for (const body of bodies) {
    const read = inboundBodySchema.safeParse(body);
    if (!read.success)
      return refuseShape('inbound.shape', EXAMPLE, read.error, bodies === given ? texts.length : undefined);
    const { from, to, text, id, ...extra } = read.data;
    texts.push({
      from,
      to,
      text,
      id: id === undefined ? null : String(id),
      extra: Object.keys(extra).length > 0 ? extra : null,
      media: mediaOf(extra.media),
      part: partOf(extra.part, text),
    });
  }
  return { texts };
}

const EXAMPLE = '{"from":"+447700900001","to":"12345","text":"JOIN"}';

/** The answer of the gateways that take JSON: what became of each text, and the replies stored for it. */
export function answerJson(accepted: readonly Accepted[]): GatewayAnswer {
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(accepted.length === 1 ? accepted[0] : accepted),
  };
}
