import { z } from 'zod';
import type { Gateway, GatewayAccount, GatewayRequest, Received, SendResult } from '../gateway.ts';
import { answerJson, receiveJson } from '../json-body.ts';
import { sign, verify } from './signature.ts';

const TIMEOUT_MS = 10_000;

const configSchema = z.object({ sendUrl: z.url().nullish(), secret: z.string().nullish() });
const sentSchema = z.object({ id: z.union([z.string(), z.number()]).optional() });

/**
 * Any carrier or in-house system that speaks JSON over HTTP: MOs come in as `{ from, to, text, id }`, MTs are posted to `sendUrl`.
 * With a secret both ways are signed as Standard Webhooks; `webhook-id` of an MT is its idempotency key.
 */
export const httpGateway: Gateway = {
  kind: 'http',
  methods: ['POST'],
  confirmsStop: false,
  receive: (request, account) => refuseUnsigned(request, account) ?? receiveJson(request),
  answer: answerJson,
  async send(text, account, signal) {
    const { sendUrl, secret } = readConfig(account);
    if (!sendUrl) return { outcome: 'failed', reason: 'This gateway has no address to send to.' };
    const body = JSON.stringify({ id: text.id, to: text.to, from: text.from, text: text.text });
    const timestamp = String(Math.floor(Date.now() / 1_000));
    try {
      const response = await fetch(sendUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': text.id,
          'webhook-timestamp': timestamp,
          ...(secret ? { 'webhook-signature': sign(secret, text.id, timestamp, body) } : {}),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      return await readAnswer(response);
    } catch (cause) {
      return { outcome: 'retry', reason: cause instanceof Error ? cause.message : String(cause) };
    }
  },
};

function readConfig(account: GatewayAccount): z.infer<typeof configSchema> {
  const read = configSchema.safeParse(account.config);
  return read.success ? read.data : {};
}

function refuseUnsigned(request: GatewayRequest, account: GatewayAccount): Received | null {
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

/** 2xx is sent, 408, 425, 429 and 5xx may go later, the rest never. */
async function readAnswer(response: Response): Promise<SendResult> {
  const text = (await response.text()).slice(0, 10_000);
  if (response.ok) {
    const read = sentSchema.safeParse(parseJson(text));
    const id = read.success ? read.data.id : undefined;
    return { outcome: 'sent', gatewayMessageId: id === undefined ? null : String(id) };
  }
  const retry = response.status >= 500 || [408, 425, 429].includes(response.status);
  return {
    outcome: retry ? 'retry' : 'failed',
    reason: `HTTP ${response.status} ${text.slice(0, 200)}`.trim(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
