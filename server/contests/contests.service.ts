import { Injectable } from '@nestjs/common';
import type { Page } from '#shared/api/common.ts';
import type {
  ChangeContest,
  Contest,
  ContestDeed,
  ContestSummary,
  ContestsQuery,
  SaveContest,
} from '#shared/api/contests.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { Problem } from '../common/problem.ts';
import { unlessTaken } from '../database/taken.ts';
import { Transactions } from '../database/transactions.ts';
import { LiveDemands } from '../flows/live-demands.service.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { ContestDeeds } from './contest-deeds.ts';
import { type ContestLine, type ContestRow, ContestsRepository } from './contests.repository.ts';
import { DrawsRepository } from './draws/draws.repository.ts';
import { ListingsRepository } from './draws/listings.repository.ts';
import { toDraw, toListing } from './draws/to-draw.ts';
import { winnersTag } from './draws/winners-tag.ts';
import { sealOf } from './seal.ts';

/** Contests: what people enter, until when, and who may win. */
@Injectable()
export class Contests {
  constructor(
    private readonly contests: ContestsRepository,
    private readonly draws: DrawsRepository,
    private readonly listings: ListingsRepository,
    private readonly deeds: ContestDeeds,
    private readonly demands: LiveDemands,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async page(me: Who, query: ContestsQuery): Promise<Page<ContestSummary>> {
    const { rows, total } = await this.contests.page(me.workspaceId, query, this.now());
    return { items: rows.map(toSummary), total };
  }

  async show(me: Who, key: string): Promise<Contest> {
    const row = await this.must(me, key);
    const isListing = row.status === 'listing';
    const listing = isListing
      ? await this.listings.find({ workspaceId: me.workspaceId, contest: key })
      : null;
    // It was fixed, or withdrawn, in between.
    if (isListing && listing === null) return await this.show(me, key);
    const draws = await this.draws.of(me.workspaceId, key);
    const { prize, rulesUrl, minimumAge, countries, excludedTags, publicSource, claimDays, freeEntries } =
      row;
    return {
      ...toSummary(row),
      ...{ prize, rulesUrl, minimumAge, countries, excludedTags, publicSource, claimDays, freeEntries },
      seal: sealOf(row.seed),
      sealedAt: row.sealedAt.toISOString(),
      winnersTag: winnersTag(key),
      listing: listing && toListing(listing, await this.draws.leftOut(me.workspaceId, key, listing.number)),
      draws: draws.map(toDraw),
    };
  }

  async deedsOf(me: Who, key: string): Promise<ContestDeed[]> {
    await this.must(me, key);
    return await this.deeds.of(me, key);
  }

  async add(me: Who, save: SaveContest): Promise<void> {
    const adding = this.transactions.run(async () => {
      await this.contests.add(me.workspaceId, save, this.now());
      await this.deeds.note(me, save.key, 'made');
    });
    await unlessTaken(adding, () =>
      Problem.conflict('contest.key-taken', `There is a contest with the key “${save.key}” already.`, {
        place: 'key',
      }),
    );
    this.tell(me);
  }

  /** Changes the terms. When it closes stays while a list of entries is fixed. */
  async change(me: Who, key: string, change: ChangeContest): Promise<void> {
    await this.hold(me, key, async (before) => {
      const closes = before.closesAt?.toISOString() ?? null;
      const moves = change.closesAt !== undefined && change.closesAt !== closes;
      if (moves) refuseListed(before);
      const words = moves
        ? `Closes ${change.closesAt ?? 'when somebody closes it'}; was ${closes ?? 'open'}.`
        : null;
      await this.contests.change(me.workspaceId, key, change);
      await this.deeds.note(me, key, 'changed', { words });
    });
  }

  /** Takes no more entries, from now on. */
  async close(me: Who, key: string): Promise<void> {
    await this.hold(me, key, async ({ status }) => {
      if (status !== 'open') throw Problem.conflict('contest.closed', 'This contest is closed already.');
      await this.contests.change(me.workspaceId, key, { closesAt: this.now().toISOString() });
      await this.deeds.note(me, key, 'closed');
    });
  }

  /** Takes a contest away that nobody entered and no live flow names. */
  async remove(me: Who, key: string): Promise<void> {
    await this.transactions.run(async () => {
      const flow = await this.demands.holdNaming(me.workspaceId, 'contests', key);
      await this.contests.lock(me.workspaceId, key);
      const { entries } = await this.must(me, key);
      if (entries > 0) {
        throw Problem.conflict('contest.entered', 'People have entered this contest. Close it instead.');
      }
      if (flow !== null) {
        throw Problem.conflict(
          'contest.named',
          `“${flow}” is live and enters people into this contest. Pause it first.`,
        );
      }
      await this.contests.remove(me.workspaceId, key);
    });
    this.tell(me);
  }

  /** Does something with a contest while nobody else changes it or draws from it. */
  async hold<Result>(me: Who, key: string, act: (contest: ContestRow) => Promise<Result>): Promise<Result> {
    const result = await this.transactions.run(async () => {
      await this.contests.lock(me.workspaceId, key);
      return await act(await this.must(me, key));
    });
    this.tell(me);
    return result;
  }

  async must(me: Who, key: string): Promise<ContestRow> {
    const row = await this.contests.find(me.workspaceId, key, this.now());
    if (!row) throw Problem.notFound('contest.not-found', 'There is no such contest.');
    return row;
  }

  private now(): Date {
    return new Date(this.clock.now());
  }

  private tell(me: Who): void {
    this.live.changed(me.workspaceId, 'contests');
  }
}

/** Refuses what would change who takes part, once that was fixed. */
export function refuseListed({ status }: Pick<ContestRow, 'status'>): void {
  if (status === 'listing') {
    throw Problem.conflict(
      'contest.listed',
      'The list of entries is being fixed for a draw. Wait until it is, or withdraw the list first.',
    );
  }
  if (status !== 'listed') return;
  throw Problem.conflict(
    'contest.listed',
    'The list of entries is fixed for a draw. Hold the draw, or withdraw the list first.',
  );
}

const toSummary = ({
  key,
  name,
  status,
  entries,
  winners,
  closesAt,
  createdAt,
}: ContestLine): ContestSummary => ({
  key,
  name,
  status,
  entries,
  winners,
  closesAt: closesAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
