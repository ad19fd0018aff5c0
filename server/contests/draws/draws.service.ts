import { Injectable } from '@nestjs/common';
import type { ContestWinner, ListEntries } from '#shared/api/contests.ts';
import type { DrawProof } from '#shared/draw/proof.ts';
import { drawKey, drawPlaces, MOST_PICKS } from '#shared/draw/rfc3797.ts';
import { drawSources } from '#shared/draw/sources.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import { ContestDeeds } from '../contest-deeds.ts';
import { ContestsRepository } from '../contests.repository.ts';
import { Contests } from '../contests.service.ts';
import { type DrawRow, DrawsRepository } from './draws.repository.ts';
import { EntryList } from './entry-list.ts';
import { ListingClock } from './listing-clock.ts';
import { ListingsRepository } from './listings.repository.ts';
import { Listings } from './listings.service.ts';
import { proofOf } from './proof-of.ts';
import { WinnersRepository } from './winners.repository.ts';

const DAY_MS = 86_400_000;

/**
 * Draws that anybody can hold again. The hash of a seed is shown from the beginning, then who takes part is fixed, and only then who wins
 * is drawn from the two, and from what the public saw meanwhile. One order is drawn: reserves, and who replaces whom, follow from it.
 */
@Injectable()
export class Draws {
  constructor(
    private readonly contests: Contests,
    private readonly rows: ContestsRepository,
    private readonly draws: DrawsRepository,
    private readonly winners: WinnersRepository,
    private readonly listings: ListingsRepository,
    private readonly fixing: Listings,
    private readonly work: ListingClock,
    private readonly list: EntryList,
    private readonly deeds: ContestDeeds,
    private readonly clock: Clock,
  ) {}

  /** Has the list of the next draw fixed: it is asked for now, and done by whichever node has time. */
  async fixList(me: Who, key: string, ask: ListEntries): Promise<{ number: number }> {
    const begun = await this.fixing.begin(me, key, ask);
    this.work.nudge();
    return begun;
  }

  /**
   * Forgets a list from which nobody was drawn, or that is still being fixed. The seed goes back: a new list is drawn from with the
   * same.
   */
  async withdraw(me: Who, key: string, number: number): Promise<void> {
    const { workspaceId } = me;
    await this.contests.hold(me, key, async () => {
      const listing = await this.listings.find({ workspaceId, contest: key });
      if (listing?.number !== number) {
        const { drawnAt, seed, sealedAt } = await this.must(me, key, number);
        if (drawnAt !== null) throw alreadyDrawn();
        await this.rows.reseed(workspaceId, key, seed, sealedAt);
      }
      await this.draws.withdraw(workspaceId, key, number);
      await this.deeds.note(me, key, 'list-withdrawn');
    });
  }

  /** Draws the winners and the reserves. */
  async hold(me: Who, key: string, number: number, publicValue: string): Promise<void> {
    await this.contests.hold(me, key, async () => {
      const { workspaceId } = me;
      const draw = await this.must(me, key, number);
      if (draw.drawnAt !== null) throw alreadyDrawn();
      refuseWrongValue(draw, publicValue);
      const held = { ...draw, publicValue: publicValue === '' ? null : publicValue };
      const places = drawnPlaces(held, draw.winners + draw.reserves);
      const ids = await this.draws.entriesAt(workspaceId, key, number, places);
      const drawn = ids.map((contactId, at) => ({
        place: at + 1,
        line: (places[at] ?? 0) + 1,
        contactId,
        status: at < draw.winners ? ('winner' as const) : ('reserve' as const),
      }));
      const at = this.now();
      await this.draws.setDrawn(workspaceId, key, number, {
        publicValue: held.publicValue,
        at,
        by: await this.deeds.nameOf(me),
      });
      await this.draws.addDrawn(workspaceId, key, number, drawn, at);
      await this.winners.tag(workspaceId, key, ids.slice(0, draw.winners));
      await this.deeds.note(me, key, 'drawn');
    });
  }

  /** Who was drawn, in their order. */
  async winnersOf(me: Who, key: string, number: number): Promise<ContestWinner[]> {
    const { claimDays } = await this.contests.must(me, key);
    await this.must(me, key, number);
    const rows = await this.winners.of(me.workspaceId, key, number);
    return rows.map(({ since, claimedAt, ...winner }) => ({
      ...winner,
      claimBy:
        winner.status === 'winner' && claimDays !== null
          ? new Date(since.getTime() + claimDays * DAY_MS).toISOString()
          : null,
      claimedAt: claimedAt?.toISOString() ?? null,
    }));
  }

  /** Puts the next of the order in the place of a winner. `place` is null where nobody is left. */
  async replace(
    me: Who,
    key: string,
    { number, place, because }: { number: number; place: number; because: string },
  ): Promise<{ place: number | null }> {
    return await this.contests.hold(me, key, async () => {
      const { workspaceId } = me;
      const draw = await this.must(me, key, number);
      const gone = await this.mustHaveWon(me, key, number, place);
      if (gone.claimedAt !== null) {
        throw Problem.conflict('winner.claimed', 'The prize was claimed. Take that back first.');
      }
      const at = this.now();
      await this.winners.replace(workspaceId, key, { number, place, because, at });
      const next =
        (await this.winners.promote(workspaceId, key, number, at)) ?? (await this.drawOne(me, key, draw, at));
      await this.winners.tag(workspaceId, key, next ? [next.contactId] : [], gone.contactId);
      await this.deeds.note(me, key, 'replaced', { contactId: gone.contactId, words: because });
      return { place: next?.place ?? null };
    });
  }

  async claim(me: Who, key: string, { number, place, claimed }: Claim): Promise<void> {
    await this.contests.hold(me, key, async () => {
      const { contactId } = await this.mustHaveWon(me, key, number, place);
      await this.winners.claim(me.workspaceId, key, { number, place, at: claimed ? this.now() : null });
      await this.deeds.note(me, key, claimed ? 'claimed' : 'unclaimed', { contactId });
    });
  }

  /** Everything that is needed to draw again, beside the list. */
  async proof(me: Who, key: string, number: number): Promise<DrawProof> {
    const contest = await this.contests.must(me, key);
    const draw = await this.must(me, key, number);
    if (draw.drawnAt === null) {
      throw Problem.conflict(
        'draw.not-drawn',
        'The draw is still to be held; until then its seed is sealed.',
      );
    }
    return proofOf(
      contest,
      { ...draw, drawnAt: draw.drawnAt },
      await this.draws.drawn(me.workspaceId, key, number),
    );
  }

  /** The list of a draw as a file has it. */
  async lines(me: Who, key: string, number: number): Promise<AsyncGenerator<string>> {
    await this.must(me, key, number);
    return this.list.lines(me.workspaceId, key, number);
  }

  private async must(me: Who, key: string, number: number): Promise<DrawRow> {
    await this.contests.must(me, key);
    const draw = (await this.draws.of(me.workspaceId, key)).find((one) => one.number === number);
    if (!draw) throw Problem.notFound('draw.not-found', 'There is no such draw.');
    return draw;
  }

  private async mustHaveWon(me: Who, key: string, number: number, place: number) {
    const rows = await this.winners.of(me.workspaceId, key, number);
    const winner = rows.find((one) => one.place === place);
    if (winner?.status === 'winner') return winner;
    throw Problem.conflict('winner.status', 'Nobody of this place is a winner at present.');
  }

  private async drawOne(me: Who, key: string, draw: DrawRow, at: Date) {
    const drawn = await this.draws.drawn(me.workspaceId, key, draw.number);
    const place = drawn.length + 1;
    if (place > Math.min(draw.entries, MOST_PICKS)) return null;
    const position = drawnPlaces(draw, place).at(-1) ?? 0;
    const [contactId = ''] = await this.draws.entriesAt(me.workspaceId, key, draw.number, [position]);
    const next = { place, line: position + 1, contactId, status: 'winner' as const };
    await this.draws.addDrawn(me.workspaceId, key, draw.number, [next], at);
    return next;
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

interface Claim {
  number: number;
  place: number;
  claimed: boolean;
}

const drawnPlaces = (draw: DrawRow, picks: number): number[] =>
  drawPlaces(drawKey(drawSources(draw)), draw.entries, picks);

const alreadyDrawn = (): Problem => Problem.conflict('draw.drawn', 'This draw was held already.');

function refuseWrongValue({ publicSource }: DrawRow, publicValue: string): void {
  if (publicSource !== null && publicValue === '') {
    throw Problem.unprocessable(
      'draw.value-needed',
      `It was announced that this is drawn from: ${publicSource}.`,
      {
        place: 'publicValue',
      },
    );
  }
  if (publicSource === null && publicValue !== '') {
    throw Problem.unprocessable(
      'draw.value-unannounced',
      'No public source was announced before the list was fixed, so none counts now.',
      { place: 'publicValue' },
    );
  }
}
