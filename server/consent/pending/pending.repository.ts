import { Injectable } from '@nestjs/common';
import type { ListPolicy } from '#flows/engine/consent/terms.ts';
import { Transactions } from '../../database/transactions.ts';

/** A consent that is not confirmed yet, and the terms of its list. */
export interface PendingRow extends ListPolicy {
  key: string;
  name: string;
  phone: string;
  because: string | null;
  since: Date;
  lapsesAt: Date | null;
  /** What was asked when it became so: the text itself, where it was not forgotten since. */
  asked: string | null;
}

/** A run that has not ended, and the last text of the step it stands in. */
export interface OpenRun {
  id: string;
  flowId: string;
  flowName: string;
  versionId: string;
  node: string;
  until: Date | null;
  text: string | null;
  askedAt: Date | null;
}

/** Reads what consents that are not confirmed yet may be waiting for. */
@Injectable()
export class PendingRepository {
  constructor(private readonly transactions: Transactions) {}

  ofContact(workspaceId: string, contactId: string): Promise<PendingRow[]> {
    return this.transactions.manager.query(
      `select l.key, l.name, p.phone, s.because, s.since, s.lapses_at as "lapsesAt", l.opt_in as "optIn", l.basis,
         l.lasts_days as "lastsDays", l.implied_days as "impliedDays", l.asks_hours as "asksHours",
         l.minimum_age as "minimumAge", l.countries,
         (select o.text from outbound o where s.because = 'asked' and o.workspace_id = s.workspace_id
            and o.contact_id = s.contact_id and o.created_at = s.since and o.run_id is not null
          order by o.id desc limit 1) as asked
       from consents s
         join contacts p on p.workspace_id = s.workspace_id and p.id = s.contact_id
         join lists l on l.workspace_id = s.workspace_id and s.scope = 'list:' || l.key
       where s.workspace_id = $1 and s.contact_id = $2 and s.state = 'pending' order by l.name`,
      [workspaceId, contactId],
    );
  }

  openRuns(workspaceId: string, contactId: string): Promise<OpenRun[]> {
    return this.transactions.manager.query(
      `select r.id, r.flow_id as "flowId", f.name as "flowName", r.version_id as "versionId", r.node, r.wake_at as until,
         q.text, q.created_at as "askedAt"
       from runs r
         join flows f on f.id = r.flow_id
         left join lateral (
           select o.text, o.created_at from outbound o
           where o.workspace_id = r.workspace_id and o.contact_id = r.contact_id and o.run_id = r.id and o.node = r.node
           order by o.id desc limit 1) q on true
       where r.workspace_id = $1 and r.contact_id = $2 and r.status <> 'ended' order by r.id desc`,
      [workspaceId, contactId],
    );
  }

  /** The highest age that the person answered to have, in years; null where they never did. */
  async age(workspaceId: string, contactId: string): Promise<number | null> {
    const [row]: { years: number | null }[] = await this.transactions.manager.query(
      `select max(substr(scope, 5)::int) as years from consents
       where workspace_id = $1 and contact_id = $2 and scope like 'age:%' and state = 'confirmed'`,
      [workspaceId, contactId],
    );
    return row?.years ?? null;
  }
}
