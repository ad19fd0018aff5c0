import type { Draw } from '#shared/api/contests.ts';
import { sealOf } from '../seal.ts';
import type { DrawRow } from './draws.repository.ts';

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
