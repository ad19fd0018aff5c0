import { z } from 'zod';
import type { Gateway, GatewayAccount, GatewayRequest, Received, SendResult } from '../gateway.ts';
import { answerJson, receiveJson } from '../json-body.ts';
import { hasLongId, parseExactly } from '../long-numbers.ts';
import { meansBlocked } from './blocked.ts';
import { NoAnswer, post, type PostAnswer } from './post.ts';
import { receiptsJson } from './receipts.ts';
import { sign, verify } from './signature.ts';

const TIMEOUT_MS = 10_000;
/** A far end that asks for more patience is asked again after this, in milliseconds. */
const LONGEST_PATIENCE = 60 * 60_000;

const configSchema = z.object({ sendUrl: z.url().nullish(), secret: z.string().nullish() });
const refusedSchema = z.object({ code: z.union([z.string(), z.number()]) });
const sentSchema = z.object({ id: z.union([z.string(), z.number()]).optional() });

/**
 * Any carrier or in-house system that speaks JSON over HTTP: MOs come in as `{ from, to, text, id }`, MTs are posted to `sendUrl`,
 * delivery reports come in as `{ id, status }`. With a secret all of them are signed as Standard Webhooks; `webhook-id` of an MT
 * is its idempotency key.
 */
export const httpGateway: Gateway = {
  kind: 'http',
  methods: ['POST'],
  confirmsStop: false,
  mostAtOnce: 200,
  receive: (request, account) => refuseUnsigned(request, account) ?? receiveJson(request),
  receipts: (request, account) => refuseUnsigned(request, account) ?? receiptsJson(request),
  answer: answerJson,
  async send(text, account, signal) {
    const { sendUrl, secret } = readConfig(account);
    if (!sendUrl)
      return {
        outcome: 'failed',
        reason: 'Not sent: its gateway has no address to send to. Write it under Settings, Gateways.',
      };
    const body = JSON.stringify({ id: text.id, to: text.to, from: text.from, text: text.text });
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'webhook-id': text.key,
      'webhook-timestamp': timestamp,
    };
    if (secret) headers['webhook-signature'] = sign(secret, text.key, timestamp, body);
    try {
      return readAnswer(await post(sendUrl, body, headers, { timeoutMs: TIMEOUT_MS, signal }));
    } catch (cause) {
      if (cause instanceof NoAnswer)
        return {
          outcome: 'retry',
          trouble: cause.trouble,
          reason: `${NO_ANSWER[cause.trouble]}: ${cause.message}`,
        };
      return { outcome: 'failed', reason: cause instanceof Error ? cause.message : String(cause) };
    }
  },
};

const NO_ANSWER: Readonly<Record<NoAnswer['trouble'], string>> = {
  unreachable: 'The gateway could not be reached',
  silent: 'The gateway gave no answer',
};

/** Settings that were read; all texts of a round have the same object. */
const configs = new WeakMap<GatewayAccount['config'], z.infer<typeof configSchema>>();

function readConfig({ config }: GatewayAccount): z.infer<typeof configSchema> {
  let known = configs.get(config);
  if (!known) {
    const read = configSchema.safeParse(config);
    known = read.success ? read.data : {};
    configs.set(config, known);
  }
  return known;
}

function refuseUnsigned(
  request: GatewayRequest,
  account: GatewayAccount,
): Extract<Received, { refused: unknown }> | null {
  const { secret } = readConfig(account);
  if (!secret) return null;
  const header = (name: string): string => String(request.headers[name] ?? '');
  const headers = {
    id: header('webhook-id'),
    timestamp: header('webhook-timestamp'),
    signature: header('webhook-signature'),
  };
  if (!headers.signature) {
    return {
      refused: {
        status: 401,
        code: 'inbound.unsigned',
        message: 'This gateway signs its requests; webhook-signature is missing.',
      },
    };
  }
  if (!verify(secret, headers, request.rawBody, request.now)) {
    return {
      refused: {
        status: 403,
        code: 'inbound.signature',
        message: 'The signature does not fit the body, or its time is more than 5 minutes off.',
      },
    };
  }
  return null;
}

/** The answers that are about us and not about the text: it goes once our key is believed again, or somebody has paid. */
const REFUSES_US: Readonly<Record<number, string>> = {
  401: 'The gateway does not take our key',
  402: 'The gateway wants to be paid first',
  403: 'The gateway does not allow us to send',
  407: 'The proxy before the gateway does not take our key',
};

const LATER: ReadonlySet<number> = new Set([408, 409, 425]);

/**
 * 2xx is sent; 408, 425, 429 and 5xx may go later, and so may what redirects, and what says 409, for it is at work on the same key still;
 * what refuses us, once it no longer does, but for a person whom it names as stopped; the rest never.
 */
function readAnswer({ status, retryAfter, body }: PostAnswer): SendResult {
  if (status >= 200 && status < 300) {
    const said = parseJson(body);
    const read = sentSchema.safeParse(hasLongId(said) ? parseExactly(body) : said);
    const id = read.success ? read.data.id : undefined;
    return { outcome: 'sent', gatewayMessageId: id === undefined ? null : String(id) };
  }
  const said = saidIn(body);
  const reason = `The gateway answered: HTTP ${status} ${said}`.trim();
  const afterMs = retryAfter === null ? undefined : patience(retryAfter, Date.now());
  if (status === 429 || (status === 503 && afterMs !== undefined))
    return { outcome: 'retry', trouble: 'throttled', reason, ...(afterMs === undefined ? {} : { afterMs }) };
  if (status >= 500 || LATER.has(status) || (status >= 300 && status < 400))
    return { outcome: 'retry', trouble: 'unavailable', reason };
  const read = refusedSchema.safeParse(parseJson(body));
  const blocked = read.success && meansBlocked(read.data.code);
  const refusal = REFUSES_US[status];
  if (refusal && !blocked)
    return {
      outcome: 'retry',
      trouble: 'refused',
      reason: `${refusal}: HTTP ${status} ${said}`.trim(),
    };
  return { outcome: 'failed', reason: blocked ? `${reason} (${BLOCKED_WORDS})` : reason, blocked };
}

/** What somebody who looks into it makes of the code. */
const BLOCKED_WORDS = 'the person has stopped this sender at the gateway';

const wordsSchema = z.object({
  message: z.string().min(1),
  code: z.union([z.string(), z.number()]).optional(),
});

/** What an answer says to people: its message and code where it is JSON that has them, else how it begins. */
function saidIn(body: string): string {
  const read = wordsSchema.safeParse(parseJson(body));
  if (!read.success) return body.slice(0, MOST_WORDS);
  const { message, code } = read.data;
  return `${message.slice(0, MOST_WORDS)}${code === undefined ? '' : ` [${String(code).slice(0, MOST_CODE)}]`}`;
}

const MOST_WORDS = 200;
const MOST_CODE = 40;

/** What `Retry-After` asks for, in milliseconds: seconds or a date [RFC 9110, 10.2.3]; undefined for anything else. */
function patience(retryAfter: string, now: number): number | undefined {
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), LONGEST_PATIENCE);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
