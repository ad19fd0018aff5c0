import { Injectable } from '@nestjs/common';
import type { Listing } from '#shared/api/contests.ts';
import { Transactions } from '../../database/transactions.ts';

/** Which contest of whose. */
export interface ContestKey {
  workspaceId: string;
  contest: string;
}

/** A list of entries that is being fixed: what was asked for, under which terms, and how far it is. */
export interface ListingRow extends ContestKey {
  number: number;
  winners: number;
  reserves: number;
  because: string | null;
  closedAt: Date;
  countries: string[];
  excludedTags: string[];
  minimumAge: number | null;
  publicSource: string | null;
  askedAt: Date;
  askedBy: string;
  /** The last contact that was looked at. */
  after: string;
  looked: number;
  entries: number;
  trouble: Listing['trouble'];
}

/** Reads and writes lists of entries that are being fixed. A contest has one at most. */
@Injectable()
export class ListingsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  async find({ workspaceId, contest }: ContestKey): Promise<ListingRow | null> {
    const [row]: ListingRow[] = await this.manager.query(
      `select ${COLUMNS} from contest_listings g where g.workspace_id = $1 and g.contest = $2`,
      [workspaceId, contest],
    );
    return row ?? null;
  }

  /** One that can go on now, held with its contest until the transaction ends; whoever holds either is left alone. */
  async claim(now: Date): Promise<ListingRow | null> {
    const [row]: ListingRow[] = await this.manager.query(
      `select ${COLUMNS} from contest_listings g
         join contests k on k.workspace_id = g.workspace_id and k.key = g.contest
       where (g.trouble is null or g.trouble = 'fault' and g.rests_until <= $1)
       order by g.asked_at limit 1 for update of g, k skip locked`,
      [now],
    );
    return row ?? null;
  }

  async add(listing: Omit<ListingRow, 'after' | 'looked' | 'entries' | 'trouble'>): Promise<void> {
    await this.manager.query(
      `insert into contest_listings (workspace_id, contest, number, winners, reserves, because, closed_at, countries,
         excluded_tags, minimum_age, public_source, asked_at, asked_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        listing.workspaceId,
        listing.contest,
        listing.number,
        listing.winners,
        listing.reserves,
        listing.because,
        listing.closedAt,
        listing.countries,
        listing.excludedTags,
        listing.minimumAge,
        listing.publicSource,
        listing.askedAt,
        listing.askedBy,
      ],
    );
  }

  /** Writes down how far it is. */
  async advance(
    { workspaceId, contest }: ContestKey,
    { after, looked, entries }: Pick<ListingRow, 'after' | 'looked' | 'entries'>,
  ): Promise<void> {
    await this.manager.query(
      `update contest_listings set after = $3, looked = $4, entries = $5, trouble = null, rests_until = null
       where workspace_id = $1 and contest = $2`,
      [workspaceId, contest, after, looked, entries],
    );
  }

  /** It does not go on: not at all, or not before that time. */
  async halt(
    { workspaceId, contest }: ContestKey,
    trouble: NonNullable<ListingRow['trouble']>,
    until: Date | null = null,
  ): Promise<void> {
    await this.manager.query(
      `update contest_listings set trouble = $3, rests_until = $4 where workspace_id = $1 and contest = $2`,
      [workspaceId, contest, trouble, until],
    );
  }

  async remove({ workspaceId, contest }: ContestKey): Promise<void> {
    await this.manager.query('delete from contest_listings where workspace_id = $1 and contest = $2', [
      workspaceId,
      contest,
    ]);
  }
}

const COLUMNS = `g.workspace_id as "workspaceId", g.contest, g.number, g.winners, g.reserves, g.because,
  g.closed_at as "closedAt", g.countries, g.excluded_tags as "excludedTags", g.minimum_age as "minimumAge",
  g.public_source as "publicSource", g.asked_at as "askedAt", g.asked_by as "askedBy", g.after, g.looked, g.entries, g.trouble`;
