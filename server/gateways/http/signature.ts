import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old or how far ahead a signed request may be, in milliseconds. */
const FRESHNESS_MS = 5 * 60_000;

/** The `webhook-signature` of Standard Webhooks: v1, HMAC-SHA256 over id.timestamp.body, base64. `timestamp` in seconds. */
export function sign(secret: string, id: string, timestamp: string, body: string | Buffer): string {
  const mac = createHmac('sha256', key(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return `v1,${mac}`;
}

/** Whether one of the space-separated signatures fits and the time is fresh. */
export function verify(
  secret: string,
  headers: { id: string; timestamp: string; signature: string },
  body: Buffer,
  now: number,
): boolean {
  const sentAt = Number(headers.timestamp) * 1_000;
  if (!Number.isFinite(sentAt) || Math.abs(now - sentAt) > FRESHNESS_MS) return false;
  const expected = Buffer.from(sign(secret, headers.id, headers.timestamp, body));
  return headers.signature.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Secrets are `whsec_` and base64; anything else is taken as it is. */
const key = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
