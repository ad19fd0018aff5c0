import { Injectable } from '@nestjs/common';
import type { ListEntries } from '#shared/api/contests.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import { classify } from '../../database/lane-connection.ts';
import { Transactions } from '../../database/transactions.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import { ContestDeeds } from '../contest-deeds.ts';
import { type ContestRow, ContestsRepository } from '../contests.repository.ts';
import { Contests, refuseListed } from '../contests.service.ts';
import { newSeed } from '../seal.ts';
import { DrawsRepository } from './draws.repository.ts';
import { EntryList } from './entry-list.ts';
import { type ListingRow, ListingsRepository } from './listings.repository.ts';
import { WinnersRepository } from './winners.repository.ts';

/** How long after it closed a contest's list can be fixed, so that texts that were under way are in it. */
const SETTLES_MS = 60_000;
/** How long one that failed on our side rests, in milliseconds. */
const REST_MS = 30_000;

/**
 * Fixes who takes part in a draw. It is asked for in a moment and done bit by bit, each bit in a transaction of its own: whoever waits for
 * the contest waits for one bit, and any node goes on where another died. Meanwhile nothing changes who has entered.
 */
@Injectable()
export class Listings {
  constructor(
    private readonly contests: Contests,
    private readonly rows: ContestsRepository,
    private readonly draws: DrawsRepository,
    private readonly winners: WinnersRepository,
    private readonly listings: ListingsRepository,
    private readonly list: EntryList,
    private readonly deeds: ContestDeeds,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  /** Begins to fix the list of the next draw. */
  async begin(me: Who, key: string, ask: ListEntries): Promise<{ number: number }> {
    const { workspaceId } = me;
    return await this.contests.hold(me, key, async (contest) => {
      const closedAt = await this.mustBeSettled(me, contest);
      const number = (await this.draws.of(workspaceId, key)).length + 1;
      if (number > 1 && ask.because === null) {
        const sentence = 'This contest was drawn before. Say why it is drawn again.';
        throw Problem.unprocessable('draw.reason-needed', sentence, { place: 'because' });
      }
      if (contest.entries === 0) {
        throw Problem.conflict('draw.nobody', 'Nobody takes part: nobody has entered this contest.');
      }
      const { countries, excludedTags, minimumAge, publicSource } = contest;
      await this.listings.add({
        ...{ workspaceId, contest: key, number, ...ask, closedAt, countries, excludedTags, minimumAge },
        publicSource: publicSource === '' ? null : publicSource,
        askedAt: new Date(this.clock.now()),
        askedBy: await this.deeds.nameOf(me),
      });
      return { number };
    });
  }

  /** Does the next bit of one of them. False where none can go on now. */
  async workOnce(): Promise<boolean> {
    let claimed: ListingRow | null = null;
    try {
      await this.transactions.run(async () => {
        claimed = await this.listings.claim(this.now());
        if (claimed) await this.goOn(claimed);
      });
    } catch (error) {
      // A database that is away is nobody's fault.
      if (claimed && classify(error) === 'data')
        await this.listings.halt(claimed, 'fault', new Date(this.clock.now() + REST_MS));
      throw error;
    } finally {
      if (claimed) this.tell(claimed);
    }
    return claimed !== null;
  }

  private async goOn(listing: ListingRow): Promise<void> {
    const { isWhole, ...far } = await this.list.goOn(listing);
    await this.listings.advance(listing, far);
    if (!isWhole) return;
    if (far.entries === 0) await this.listings.halt(listing, 'nobody');
    else await this.finish(listing, far.entries);
  }

  /** The list is fixed: the draw can be held from it, and the next one gets a seed of its own. */
  private async finish(listing: ListingRow, entries: number): Promise<void> {
    const { workspaceId, contest: key, number, winners, reserves, because, closedAt, publicSource } = listing;
    const now = this.now();
    const contest = await this.rows.find(workspaceId, key, now);
    if (!contest) throw new Error('A contest whose list is being fixed cannot be removed.');
    await this.draws.add(workspaceId, key, {
      ...{ number, winners, reserves, because, closedAt, entries, publicSource },
      fingerprint: await this.list.fingerprint(workspaceId, key, number),
      seed: contest.seed,
      sealedAt: contest.sealedAt,
      listedAt: now,
      listedBy: listing.askedBy,
      publicValue: null,
      drawnAt: null,
      drawnBy: null,
    });
    await this.rows.reseed(workspaceId, key, newSeed(), now);
    await this.deeds.noteOf({ workspaceId, person: listing.askedBy }, key, 'listed', { words: because });
    await this.listings.remove(listing);
  }

  /** When the contest closed, once every text that was accepted before is decided. */
  private async mustBeSettled(me: Who, contest: ContestRow): Promise<Date> {
    refuseListed(contest);
    const { closesAt } = contest;
    if (closesAt === null || contest.status === 'open') {
      throw Problem.conflict('contest.open', 'People can still enter. Close the contest first.');
    }
    const settled = closesAt.getTime() + SETTLES_MS;
    if (this.clock.now() < settled || (await this.winners.textsUndecided(me.workspaceId, closesAt))) {
      throw Problem.conflict(
        'contest.texts-pending',
        'Texts from before the contest closed may still be on their way into it. Try again in a minute.',
      );
    }
    return closesAt;
  }

  private tell({ workspaceId }: ListingRow): void {
    this.live.changed(workspaceId, 'contests');
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}
