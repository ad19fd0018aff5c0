import type { DrawProof } from '#shared/draw/proof.ts';
import { drawKey, drawPlaces } from '#shared/draw/rfc3797.ts';
import { drawSources } from '#shared/draw/sources.ts';
import { sealOf } from '../seal.ts';

/** The list of a draw as it was read from its file. */
export interface ReadList {
  entries: readonly string[];
  /** The SHA-256 of the file's bytes. */
  fingerprint: string;
}

/** One thing that a proof claims, and whether it is so. */
export interface Finding {
  holds: boolean;
  words: string;
}

/** Holds a draw again, and says of each claim of its proof whether it is true. `seal`: what was shown before the draw, where it is known. */
export function verifyDraw(proof: DrawProof, list: ReadList, seal: string | null): Finding[] {
  const { entries, fingerprint } = list;
  const sorted = entries.every((entry, at) => at === 0 || (entries[at - 1] ?? '') < entry);
  const places = drawPlaces(
    drawKey(drawSources({ ...proof, fingerprint })),
    entries.length,
    proof.drawn.length,
  );
  const wrong = proof.drawn.find(
    ({ place, line, entry }, at) =>
      place !== at + 1 || line !== (places[at] ?? -1) + 1 || entry !== entries[line - 1],
  );
  const asked = Math.min(proof.winners + proof.reserves, entries.length);
  const won = proof.drawn.filter(({ status }) => status === 'winner').length;
  return [
    ...(seal === null
      ? []
      : [{ holds: seal === proof.seal, words: 'The seal is the one that was shown before the draw.' }]),
    { holds: sealOf(proof.seed) === proof.seal, words: 'The seed is the one that was sealed.' },
    {
      holds: fingerprint === proof.list.fingerprint,
      words: 'The list is the one whose fingerprint was fixed.',
    },
    { holds: entries.length === proof.list.entries, words: `The list has ${proof.list.entries} entries.` },
    { holds: sorted, words: 'The list is sorted, and nobody stands in it twice.' },
    { holds: proof.listedAt <= proof.drawnAt, words: 'The list was fixed before the draw.' },
    {
      holds: wrong === undefined && proof.drawn.length >= asked,
      words:
        wrong === undefined
          ? `Drawn again, the same ${proof.drawn.length} come out in the same order.`
          : `Drawn again, somebody else comes out at place ${wrong.place}.`,
    },
    {
      holds: won <= proof.winners && isInOrder(proof),
      words: 'The winners are the first of the order who were not replaced.',
    },
  ];
}

/** Nobody wins behind a reserve. */
function isInOrder({ drawn }: DrawProof): boolean {
  const firstReserve = drawn.findIndex(({ status }) => status === 'reserve');
  return firstReserve < 0 || drawn.slice(firstReserve).every(({ status }) => status === 'reserve');
}
