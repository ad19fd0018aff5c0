import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { formatPhone } from '#shared/sms/phone.ts';
import { Mailer } from '../common/outside/mailer.ts';
import type { CallHandler, CallResult } from './call-handler.ts';
import type { ClaimedCall } from './call-rows.ts';

const payloadSchema = z.object({ text: z.string(), phone: z.string() });

/**
 * Notices to the team by e-mail: to everybody of the workspace who answers people or owns it. Each gets an e-mail that is a call of its own,
 * so that one which is put off keeps nobody else's, and none goes out again for it.
 */
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
    await this.database.query(
      `with shared as (delete from calls where workspace_id = $1 and id = $2 and attempts = $3 returning *)
       insert into calls (workspace_id, id, contact_id, sender_id, run_id, node, kind, payload, due_at, created_at)
       select s.workspace_id, gen_random_uuid(), s.contact_id, s.sender_id, s.run_id, s.node, 'email',
         jsonb_build_object('to', p.email, 'subject', $4::text, 'body', $5::text), s.created_at, s.created_at
       from shared s cross join (
         select email from people where workspace_id = $1 and email is not null and role in ('owner', 'agent', 'compliance')
         order by created_at limit 50) p`,
      [workspaceId, id, attempts, subjectOf(text), `${text}\n\n${formatPhone(phone)}`],
    );
    return { outcome: 'shared', values: {} };
  }
}

const subjectOf = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 80);
