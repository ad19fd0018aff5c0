import { DRAW_METHOD, type DrawProof } from '#shared/draw/proof.ts';
import { sealOf } from '../seal.ts';
import type { DrawnRow, DrawRow } from './draws.repository.ts';

/** The proof of a draw that was held. */
export const proofOf = (
  { key, name }: { key: string; name: string },
  draw: DrawRow & { drawnAt: Date },
  drawn: readonly DrawnRow[],
): DrawProof => ({
  format: 'textloom-draw-1',
  method: DRAW_METHOD,
  contest: { key, name },
  number: draw.number,
  because: draw.because,
  closedAt: draw.closedAt.toISOString(),
  seal: sealOf(draw.seed),
  sealedAt: draw.sealedAt.toISOString(),
  listedAt: draw.listedAt.toISOString(),
  list: { entries: draw.entries, fingerprint: draw.fingerprint },
  leftOut: draw.leftOut,
  publicSource: draw.publicSource,
  publicValue: draw.publicValue,
  seed: draw.seed,
  drawnAt: draw.drawnAt.toISOString(),
  winners: draw.winners,
  reserves: draw.reserves,
  drawn: drawn.map(({ place, line, contactId, status }) => ({ place, line, entry: contactId, status })),
});
