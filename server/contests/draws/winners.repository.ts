import { Injectable } from '@nestjs/common';
import { contactNameSql } from '../../database/contact-name.ts';
import { Transactions } from '../../database/transactions.ts';
import type { DrawnRow, WinnerRow } from './draws.repository.ts';
import { winnersTag } from './winners-tag.ts';

/** Reads and changes what becomes of those who were drawn. */
@Injectable()
export class WinnersRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  /** Who was drawn, in the order they were. */
  of(workspaceId: string, contest: string, number: number): Promise<WinnerRow[]> {
    return this.manager.query(
      `select w.place, w.status, w.contact_id as "contactId", w.because, w.since, w.claimed_at as "claimedAt",
         case when c.number_print is null then c.phone end as phone, ${contactNameSql('c.fields')} as name,
         exists (select 1 from consents s where s.workspace_id = w.workspace_id and s.contact_id = w.contact_id
           and s.scope like 'program:%' and s.state = 'stopped') as stopped
       from contest_winners w join contacts c on c.workspace_id = w.workspace_id and c.id = w.contact_id
       where w.workspace_id = $1 and w.contest = $2 and w.number = $3 order by w.place`,
      [workspaceId, contest, number],
    );
  }

  async replace(
    workspaceId: string,
    contest: string,
    { number, place, because, at }: { number: number; place: number; because: string; at: Date },
  ): Promise<void> {
    await this.manager.query(
      `update contest_winners set status = 'replaced', because = $5, since = $6
       where workspace_id = $1 and contest = $2 and number = $3 and place = $4`,
      [workspaceId, contest, number, place, because, at],
    );
  }

  /** Makes the first reserve a winner; null where there is none. */
  async promote(workspaceId: string, contest: string, number: number, at: Date): Promise<DrawnRow | null> {
    const [[row]]: [DrawnRow[], number] = await this.manager.query(
      `update contest_winners set status = 'winner', since = $4
       where workspace_id = $1 and contest = $2 and number = $3 and place = (select min(place) from contest_winners
         where workspace_id = $1 and contest = $2 and number = $3 and status = 'reserve')
       returning place, line, contact_id as "contactId", status`,
      [workspaceId, contest, number, at],
    );
    return row ?? null;
  }

  async claim(
    workspaceId: string,
    contest: string,
    { number, place, at }: { number: number; place: number; at: Date | null },
  ): Promise<void> {
    await this.manager.query(
      `update contest_winners set claimed_at = $5 where workspace_id = $1 and contest = $2 and number = $3 and place = $4`,
      [workspaceId, contest, number, place, at],
    );
  }

  /** Gives winners their tag, and takes it from who is none any more, in the order in which everybody locks contacts. */
  async tag(workspaceId: string, contest: string, winners: readonly string[], loser?: string): Promise<void> {
    const tag = winnersTag(contest);
    const people = loser === undefined ? winners : [...winners, loser];
    await this.manager.query(
      'select 1 from contacts where workspace_id = $1 and id = any($2) order by id for update',
      [workspaceId, people],
    );
    await this.manager.query(
      `update contacts set tags = case when id = any($4::uuid[]) then array_append(array_remove(tags, $3), $3)
         else array_remove(tags, $3) end
       where workspace_id = $1 and id = any($2) and number_print is null`,
      [workspaceId, people, tag, winners],
    );
  }

  /** Whether a text that was accepted before then is still to be decided. */
  async textsUndecided(workspaceId: string, before: Date): Promise<boolean> {
    const rows: unknown[] = await this.manager.query(
      `select 1 from inbound where workspace_id = $1 and status = 'pending' and received_at < $2 limit 1`,
      [workspaceId, before],
    );
    return rows.length > 0;
  }
}
