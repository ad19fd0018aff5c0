import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Mailer } from '../common/outside/mailer.ts';
import type { CallHandler, CallResult } from './call-handler.ts';
import type { ClaimedCall } from './call-rows.ts';

const payloadSchema = z.object({ to: z.string(), subject: z.string(), body: z.string() });

/** A mail server that is away is asked again so often, at growing distances, in milliseconds. */
export const MAIL_RETRIES_MS: readonly number[] = [10_000, 60_000, 300_000, 1_800_000];

/** E-mail of flows. */
@Injectable()
export class EmailCalls implements CallHandler {
  readonly kind = 'email';

  constructor(private readonly mailer: Mailer) {}

  async perform({ id, payload, attempts }: ClaimedCall): Promise<CallResult> {
    const { to, subject, body } = payloadSchema.parse(payload);
    const result = await this.mailer.send({ id, to: to.trim(), subject: oneLine(subject), text: body });
    if (result.outcome !== 'again') return { outcome: result.outcome, values: {} };
    const again = MAIL_RETRIES_MS[attempts - 1];
    return again === undefined ? { outcome: 'failed', values: {} } : { again, reason: result.reason };
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);
