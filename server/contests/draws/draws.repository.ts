import { Injectable } from '@nestjs/common';
import type { ContestWinner, LeftOut } from '#shared/api/contests.ts';
import { Transactions } from '../../database/transactions.ts';

/** A draw, with the seed it is made from. */
export interface DrawRow {
  number: number;
  because: string | null;
  winners: number;
  reserves: number;
  closedAt: Date;
  entries: number;
  fingerprint: string;
  seed: string;
  sealedAt: Date;
  listedAt: Date;
  listedBy: string;
  publicSource: string | null;
  publicValue: string | null;
  drawnAt: Date | null;
  drawnBy: string | null;
  leftOut: { reason: LeftOut; entries: number }[];
}

/** Somebody who was drawn. */
export interface DrawnRow {
  place: number;
  line: number;
  contactId: string;
  status: ContestWinner['status'];
}

/** Somebody who was drawn, as a page shows them. */
export type WinnerRow = Omit<ContestWinner, 'claimBy' | 'claimedAt'> & {
  since: Date;
  claimedAt: Date | null;
};

/** How many entries are one part of a list. */
const PART = 10_000;

/** Reads and writes draws, their lists and who was drawn. */
@Injectable()
export class DrawsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  /** The draws of a contest, the first first. */
  of(workspaceId: string, contest: string): Promise<DrawRow[]> {
    return this.manager.query(
      `select number, because, winners, reserves, closed_at as "closedAt", entries, fingerprint, seed,
         sealed_at as "sealedAt", listed_at as "listedAt", listed_by as "listedBy", public_source as "publicSource",
         public_value as "publicValue", drawn_at as "drawnAt", drawn_by as "drawnBy",
         (select coalesce(json_agg(json_build_object('reason', o.reason, 'entries', o.entries) order by o.reason), '[]')
           from (select reason, count(*)::int as entries from contest_draw_left_out l
             where l.workspace_id = d.workspace_id and l.contest = d.contest and l.number = d.number group by reason) o) as "leftOut"
       from contest_draws d where workspace_id = $1 and contest = $2 order by number`,
      [workspaceId, contest],
    );
  }

  async add(workspaceId: string, contest: string, draw: Omit<DrawRow, 'leftOut'>): Promise<void> {
    await this.manager.query(
      `insert into contest_draws (workspace_id, contest, number, because, winners, reserves, closed_at, entries, fingerprint,
         seed, sealed_at, listed_at, listed_by, public_source)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        workspaceId,
        contest,
        draw.number,
        draw.because,
        draw.winners,
        draw.reserves,
        draw.closedAt,
        draw.entries,
        draw.fingerprint,
        draw.seed,
        draw.sealedAt,
        draw.listedAt,
        draw.listedBy,
        draw.publicSource,
      ],
    );
  }

  /** Writes the next lines of a list down, behind as many as there are; it is kept in parts that are full but for the last. */
  async addLines(
    workspaceId: string,
    contest: string,
    number: number,
    before: number,
    ids: readonly string[],
  ): Promise<void> {
    for (let at = 0; at < ids.length; ) {
      const place = before + at;
      const some = ids.slice(at, at + PART - (place % PART));
      await this.manager.query(
        `insert into contest_draw_lists as l (workspace_id, contest, number, part, contact_ids) values ($1, $2, $3, $4, $5)
         on conflict (workspace_id, contest, number, part) do update set contact_ids = l.contact_ids || excluded.contact_ids`,
        [workspaceId, contest, number, Math.floor(place / PART), some],
      );
      at += some.length;
    }
  }

  /** One part of a list; undefined behind the last. */
  async part(
    workspaceId: string,
    contest: string,
    number: number,
    part: number,
  ): Promise<string[] | undefined> {
    const [row]: { ids: string[] }[] = await this.manager.query(
      `select contact_ids as ids from contest_draw_lists
       where workspace_id = $1 and contest = $2 and number = $3 and part = $4`,
      [workspaceId, contest, number, part],
    );
    return row?.ids;
  }

  /** Who stands at these places of a list, from 0, in their order. */
  async entriesAt(workspaceId: string, contest: string, number: number, places: number[]): Promise<string[]> {
    const rows: { id: string }[] = await this.manager.query(
      `select l.contact_ids[p.place % ${PART} + 1] as id from unnest($4::int[]) with ordinality p(place, at)
         join contest_draw_lists l on l.workspace_id = $1 and l.contest = $2 and l.number = $3 and l.part = p.place / ${PART}
       order by p.at`,
      [workspaceId, contest, number, places],
    );
    return rows.map(({ id }) => id);
  }

  async leaveOut(
    workspaceId: string,
    contest: string,
    number: number,
    people: readonly { contactId: string; reason: LeftOut }[],
  ): Promise<void> {
    await this.manager.query(
      `insert into contest_draw_left_out (workspace_id, contest, number, contact_id, reason)
       select $1, $2, $3, * from unnest($4::uuid[], $5::text[])`,
      [
        workspaceId,
        contest,
        number,
        people.map(({ contactId }) => contactId),
        people.map(({ reason }) => reason),
      ],
    );
  }

  /** How many of those looked at for a list are left out of it, by reason. */
  leftOut(workspaceId: string, contest: string, number: number): Promise<DrawRow['leftOut']> {
    return this.manager.query(
      `select reason, count(*)::int as entries from contest_draw_left_out
       where workspace_id = $1 and contest = $2 and number = $3 group by reason order by reason`,
      [workspaceId, contest, number],
    );
  }

  /** Forgets a list from which nobody was drawn, or that is still being fixed. */
  async withdraw(workspaceId: string, contest: string, number: number): Promise<void> {
    for (const table of [
      'contest_draw_lists',
      'contest_draw_left_out',
      'contest_draws',
      'contest_listings',
    ]) {
      await this.manager.query(
        `delete from ${table} where workspace_id = $1 and contest = $2 and number = $3`,
        [workspaceId, contest, number],
      );
    }
  }

  async setDrawn(
    workspaceId: string,
    contest: string,
    number: number,
    { publicValue, at, by }: { publicValue: string | null; at: Date; by: string },
  ): Promise<void> {
    await this.manager.query(
      `update contest_draws set public_value = $4, drawn_at = $5, drawn_by = $6
       where workspace_id = $1 and contest = $2 and number = $3`,
      [workspaceId, contest, number, publicValue, at, by],
    );
  }

  async addDrawn(
    workspaceId: string,
    contest: string,
    number: number,
    drawn: readonly DrawnRow[],
    since: Date,
  ): Promise<void> {
    await this.manager.query(
      `insert into contest_winners (workspace_id, contest, number, place, line, contact_id, status, since)
       select $1, $2, $3, *, $8 from unnest($4::int[], $5::int[], $6::uuid[], $7::text[])`,
      [
        workspaceId,
        contest,
        number,
        drawn.map(({ place }) => place),
        drawn.map(({ line }) => line),
        drawn.map(({ contactId }) => contactId),
        drawn.map(({ status }) => status),
        since,
      ],
    );
  }

  /** Who was drawn, in the order they were. */
  drawn(workspaceId: string, contest: string, number: number): Promise<DrawnRow[]> {
    return this.manager.query(
      `select place, line, contact_id as "contactId", status from contest_winners
       where workspace_id = $1 and contest = $2 and number = $3 order by place`,
      [workspaceId, contest, number],
    );
  }
}
