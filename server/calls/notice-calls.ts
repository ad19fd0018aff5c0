import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { formatPhone } from '#shared/sms/phone.ts';
import { Mailer } from '../common/outside/mailer.ts';
import type { CallHandler, CallResult } from './call-handler.ts';
import type { ClaimedCall } from './call-rows.ts';
import { MAIL_RETRIES_MS } from './email-calls.ts';

const payloadSchema = z.object({ text: z.string(), phone: z.string() });

/** Notices to the team by e-mail: to everybody of the workspace who answers people or owns it. */
@Injectable()
export class NoticeCalls implements CallHandler {
  readonly kind = 'notice';

  constructor(
    private readonly mailer: Mailer,
    private readonly database: DataSource,
  ) {}

  async perform({ id, workspace_id: workspaceId, payload, attempts }: ClaimedCall): Promise<CallResult> {
    const { text, phone } = payloadSchema.parse(payload);
    if (!this.mailer.isConfigured) return { outcome: 'not-configured', values: {} };
    const members: { email: string }[] = await this.database.query(
      `select email from people where workspace_id = $1 and email is not null and role in ('owner', 'agent', 'compliance')
       order by created_at limit 50`,
      [workspaceId],
    );
    const results = await Promise.all(
      members.map(({ email }, at) =>
        this.mailer.send({
          id: `${id}-${at}`,
          to: email,
          subject: `${text.replace(/\s+/g, ' ').slice(0, 80)}`,
          text: `${text}\n\n${formatPhone(phone)}`,
        }),
      ),
    );
    const away = results.find((result) => result.outcome === 'again');
    const again = MAIL_RETRIES_MS[attempts - 1];
    // Where one of them got it, nobody gets it twice.
    if (away && again !== undefined && results.every((result) => result.outcome === 'again'))
      return { again, reason: 'The mail server is away.' };
    return { outcome: 'sent', values: {} };
  }
}
