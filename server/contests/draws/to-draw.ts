import type { Draw, Listing } from '#shared/api/contests.ts';
import { sealOf } from '../seal.ts';
import type { DrawRow } from './draws.repository.ts';
import type { ListingRow } from './listings.repository.ts';

/** A draw as everybody may see it: its seed only once it was held. */
export function toDraw({
  seed,
  drawnAt,
  listedAt,
  sealedAt: _sealed,
  closedAt: _closed,
  ...draw
}: DrawRow): Draw {
  return {
    ...draw,
    seal: sealOf(seed),
    seed: drawnAt === null ? null : seed,
    listedAt: listedAt.toISOString(),
    drawnAt: drawnAt?.toISOString() ?? null,
  };
}

/** A list that is being fixed as everybody may see it. */
export const toListing = (
  { number, winners, reserves, looked, entries, trouble, askedAt, askedBy }: ListingRow,
  leftOut: Listing['leftOut'],
): Listing => ({
  ...{ number, winners, reserves, looked, entries, leftOut, trouble, askedBy },
  askedAt: askedAt.toISOString(),
});
