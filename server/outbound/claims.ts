import type { PoolClient } from 'pg';
import { groupBy } from '../common/group-by.ts';
import type { Gates } from './gates.ts';
import type { Lane } from './lanes.ts';
import { claim, type Leased, type Wanted } from './claim.ts';
import { returnPaces, takePaces } from './paces.ts';

/** Texts claimed at once, over all lanes. */
const AT_ONCE = 500;
/** Once in so many rounds what nobody waits for goes first, for a quarter of the room each, so that answers never starve it. */
const FAIR_ROUND = 8;

/**
 * What a round has claimed. `soonest`: when a pace that was used up gives more, in milliseconds from now. `more`: whether a lane gave as
 * many as were asked of it, so that it may have more.
 */
export interface Claimed {
  leased: Leased[];
  soonest: number | null;
  more: boolean;
}

/**
 * Claims what there is room for, rank by rank: answers somebody waits for, then what nobody waits for, then what sells. A rank gets
 * what those before it left of each gateway's room, and of the paces.
 */
export class Claims {
  private rounds = 0;

  constructor(private readonly gates: Gates) {}

  /** `leasesOverBy`: by when a lease must have ended to be over. */
  async next(
    client: PoolClient,
    lanes: readonly Lane[],
    now: number,
    leasesOverBy: number,
  ): Promise<Claimed> {
    const round = this.rounds++;
    const rooms = this.gates.rooms(lanes, now);
    const claimed: Claimed = { leased: [], soonest: null, more: false };
    const inTurn = async (some: readonly Lane[], trying: readonly string[]): Promise<void> => {
      for (const { ofRank, share } of ranksInTurn(some, round)) {
        const most = AT_ONCE - claimed.leased.length;
        const paced = await takePaces(client, upTo(most, rooms.share(ofRank, share)), now);
        const leased = await claim(client, now, paced.wanted, leasesOverBy, trying);
        const counts = countByLane(leased);
        await returnPaces(client, paced.wanted, counts);
        for (const [lane, count] of counts) rooms.take(lane, count);
        claimed.more ||= paced.wanted.some(({ lane, most: asked }) => counts.get(lane) === asked);
        claimed.leased.push(...leased);
        if (paced.soonest !== null)
          claimed.soonest = Math.min(claimed.soonest ?? Number.POSITIVE_INFINITY, paced.soonest);
      }
    };
    const trying = this.gates.trying(lanes, now);
    await inTurn(lanes, trying);
    // Where nothing else waits, a text tries that has failed before.
    const left = lanes.filter(({ gatewayId }) => trying.includes(gatewayId));
    await inTurn(left, []);
    return claimed;
  }
}

interface Turn {
  ofRank: Lane[];
  /** How much of the room it may have, from 0 to 1. */
  share: number;
}

function ranksInTurn(lanes: readonly Lane[], round: number): Turn[] {
  const ranks = [...groupBy(lanes, ({ rank }) => rank)].sort(([a], [b]) => a - b);
  const turns = ranks.map(([, ofRank]) => ({ ofRank, share: 1 }));
  const [first, ...others] = turns;
  if (!first || others.length === 0 || round % FAIR_ROUND !== 0) return turns;
  const early = round % (2 * FAIR_ROUND) === 0 ? others : others.toReversed();
  return [...early.map(({ ofRank }) => ({ ofRank, share: 0.25 })), first];
}

function upTo(most: number, wanted: readonly Wanted[]): Wanted[] {
  let left = most;
  return wanted.flatMap((one) => {
    const fits = Math.min(left, one.most);
    left -= fits;
    return fits > 0 ? [{ ...one, most: fits }] : [];
  });
}

/** How many texts there are of each lane. */
export function countByLane(texts: readonly Leased[]): Map<Lane, number> {
  const counts = new Map<Lane, number>();
  for (const { lane } of texts) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  return counts;
}

/** So many texts of each lane as there are. */
export const wantedOf = (leased: readonly Leased[]): Wanted[] =>
  [...countByLane(leased)].map(([lane, most]) => ({ lane, most }));
