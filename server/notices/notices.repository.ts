import { Injectable } from '@nestjs/common';
import type { Notice } from '#shared/api/notices.ts';
import { contactNameSql } from '../database/contact-name.ts';
import { bind } from '../database/bind.ts';
import { Transactions } from '../database/transactions.ts';

/** A notice as it is selected. */
export interface NoticeRow extends Omit<Notice, 'at' | 'runId'> {
  at: Date;
  run_id: string;
}

@Injectable()
export class NoticesRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Notices, newest first, those older than `before` (an id). */
  newest(workspaceId: string, before: string | undefined, size: number): Promise<NoticeRow[]> {
    const values: unknown[] = [workspaceId];
    const older = before === undefined ? '' : ` and n.id < ${bind(values, before)}::uuid`;
    return this.transactions.manager.query(
      `select n.id, n.text, n.at, n.run_id,
         json_build_object('id', c.id, 'phone', c.phone, 'name', ${contactNameSql('c.fields')}) as contact,
         case when f.id is null then null else json_build_object('id', f.id, 'name', f.name) end as flow
       from notices n
         join contacts c on c.workspace_id = n.workspace_id and c.id = n.contact_id
         left join runs r on r.workspace_id = n.workspace_id and r.id = n.run_id
         left join flows f on f.id = r.flow_id
       where n.workspace_id = $1${older} order by n.id desc limit ${bind(values, size)}`,
      values,
    );
  }
}
