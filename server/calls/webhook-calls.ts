import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JSON_POINTER, valuesFrom } from '#flows/engine/json-pointer.ts';
import { type OutsideAnswer, OutsideHttp } from '../common/outside/outside-http.ts';
import type { CallHandler, CallResult } from './call-handler.ts';
import type { ClaimedCall } from './call-rows.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const payloadSchema = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  fields: z.record(z.string(), scalar),
  timeoutSeconds: z.number(),
  save: z.array(z.object({ from: z.string().regex(JSON_POINTER), as: z.string() })),
});
type Payload = z.infer<typeof payloadSchema>;

/** HTTP requests of flows. `Idempotency-Key` is the call's own id: a far end that knows it does nothing twice. */
@Injectable()
export class WebhookCalls implements CallHandler {
  readonly kind = 'webhook';

  constructor(private readonly http: OutsideHttp) {}

  async perform({ id, payload }: ClaimedCall): Promise<CallResult> {
    const read = payloadSchema.parse(payload);
    const { method, headers, timeoutSeconds, save } = read;
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const answer = await this.http.call({
      method,
      url: addressOf(read),
      headers: {
        ...headers,
        'idempotency-key': id,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      body: hasBody ? JSON.stringify(read.fields) : null,
      timeoutMs: timeoutSeconds * 1_000,
    });
    return judged(answer, save);
  }
}

/** Without a body the values to send go into the address. An address that is none is left for the call to refuse. */
function addressOf({ method, url, fields }: Payload): string {
  if ((method !== 'GET' && method !== 'DELETE') || Object.keys(fields).length === 0 || !URL.canParse(url))
    return url;
  const address = new URL(url);
  for (const [name, value] of Object.entries(fields)) address.searchParams.append(name, String(value ?? ''));
  return address.href;
}

function judged(answer: OutsideAnswer, save: Payload['save']): CallResult {
  // The next process asks again, under the same key.
  if (answer.outcome === 'cut') return { again: 0, reason: 'The server ends.' };
  if (answer.outcome === 'timeout') return { outcome: 'timeout', values: {} };
  if (answer.outcome === 'failed') return { outcome: 'error', values: {} };
  const isGood = answer.status >= 200 && answer.status <= 299;
  if (!isGood) return { outcome: 'error', values: {} };
  if (save.length === 0) return { outcome: 'ok', values: {} };
  const json = jsonOf(answer.body);
  return json ? { outcome: 'ok', values: valuesFrom(json.value, save) } : { outcome: 'error', values: {} };
}

function jsonOf(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
