import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LeftOut } from '#shared/api/contests.ts';
import { parsePhone } from '#shared/sms/phone.ts';
import { Transactions } from '../../database/transactions.ts';
import { DrawsRepository } from './draws.repository.ts';
import type { ListingRow } from './listings.repository.ts';

/** Entries that are looked at in one transaction: a fraction of a second. */
const PAGE = 5_000;

/** An entry, with what the database says against it. */
interface Candidate {
  contactId: string;
  phone: string;
  reason: LeftOut | null;
}

/** The list of those who take part in a draw: the ids of contacts, sorted, one a line. Its SHA-256 is its fingerprint. */
@Injectable()
export class EntryList {
  constructor(
    private readonly transactions: Transactions,
    private readonly draws: DrawsRepository,
  ) {}

  /** Writes the next lines of a list down, and who is left out and why. `isWhole`: there are no more. */
  async goOn(
    listing: ListingRow,
  ): Promise<Pick<ListingRow, 'after' | 'looked' | 'entries'> & { isWhole: boolean }> {
    const { workspaceId, contest, number } = listing;
    const candidates = await this.candidates(listing);
    const judged = candidates.map(({ contactId, phone, reason }) => ({
      contactId,
      reason: reason ?? (isFrom(phone, listing.countries) ? null : ('country' as const)),
    }));
    const leftOut = judged.flatMap(({ contactId, reason }) =>
      reason === null ? [] : [{ contactId, reason }],
    );
    const ids = judged.flatMap(({ contactId, reason }) => (reason === null ? [contactId] : []));
    if (leftOut.length > 0) await this.draws.leaveOut(workspaceId, contest, number, leftOut);
    if (ids.length > 0) await this.draws.addLines(workspaceId, contest, number, listing.entries, ids);
    return {
      after: candidates.at(-1)?.contactId ?? listing.after,
      looked: listing.looked + candidates.length,
      entries: listing.entries + ids.length,
      isWhole: candidates.length < PAGE,
    };
  }

  /** The lines of a list as they were fixed, in pieces. */
  async *lines(workspaceId: string, contest: string, number: number): AsyncGenerator<string> {
    for (let part = 0; ; part++) {
      const ids = await this.draws.part(workspaceId, contest, number, part);
      if (!ids) return;
      yield ids.map(line).join('');
    }
  }

  async fingerprint(workspaceId: string, contest: string, number: number): Promise<string> {
    const hash = createHash('sha256');
    for await (const lines of this.lines(workspaceId, contest, number)) hash.update(lines);
    return hash.digest('hex');
  }

  private candidates(listing: ListingRow): Promise<Candidate[]> {
    const { workspaceId, contest, after, closedAt, excludedTags, minimumAge } = listing;
    return this.transactions.manager.query(CANDIDATES, [
      workspaceId,
      contest,
      after,
      PAGE,
      closedAt,
      excludedTags,
      minimumAge,
    ]);
  }
}

/** A line of the list as its file has it. */
const line = (id: string): string => `${id}\n`;

function isFrom(phone: string, countries: readonly string[]): boolean {
  if (countries.length === 0) return true;
  const country = parsePhone(phone)?.country ?? null;
  return country !== null && countries.includes(country);
}

/** Entries are cut to a page, then people are looked up one by one: whole tables would be read for every page otherwise. */
const CANDIDATES = `
  select e.contact_id as "contactId", c.phone, case
    when e.left_out is not null then 'by-hand'
    when c.number_print is not null then 'erased'
    when e.at >= $5 then 'late'
    when exists (select 1 from contest_winners w where w.workspace_id = $1 and w.contest = $2
      and w.contact_id = e.contact_id and w.status = 'winner') then 'won-before'
    when c.tags && $6::text[] then 'tag'
    when $7::int is not null and (select 1 from consents s where s.workspace_id = $1
      and s.contact_id = e.contact_id and s.state = 'confirmed'
      and case when s.scope like 'age:%' then substr(s.scope, 5)::int end >= $7 limit 1) is null then 'age-unknown'
  end as reason
  from (select workspace_id, contact_id, at, left_out from contest_entries
      where workspace_id = $1 and contest = $2 and contact_id > $3 order by contact_id limit $4) e
    cross join lateral (select phone, number_print, tags from contacts
      where workspace_id = e.workspace_id and id = e.contact_id limit 1) c
  order by e.contact_id`;
