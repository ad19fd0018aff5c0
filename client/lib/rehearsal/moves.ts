import { assertNever } from '#shared/assert-never.ts';
import type { LaterKind, Scalar } from '#flows/engine/effects.ts';

/** What can be done with a rehearsal: text, let time pass, let something happen outside, answer what was asked of the outside. */
export type Move =
  | { kind: 'says'; text: string; media?: readonly string[] }
  | { kind: 'waits'; seconds: number }
  | { kind: 'event'; name: string; key: string | null; value: Scalar }
  | { kind: 'answer'; call: LaterKind; outcome: string; values?: Readonly<Record<string, Scalar>> };

const CALLS: Readonly<Record<LaterKind, string>> = { webhook: 'The web request', email: 'The e-mail' };

/** What a call outside is called, for people. */
export const callWords = (call: LaterKind): string => CALLS[call];

/** A move as a line of the chat, where it is no text and no time. */
export function moveWords(move: Move): string | null {
  switch (move.kind) {
    case 'says':
    case 'waits':
      return null;
    case 'event':
      return `“${move.name}” happened${move.key === null || move.key === '' ? '' : ` for ${move.key}`}.`;
    case 'answer':
      return `${callWords(move.call)}: ${move.outcome}.`;
    default:
      return assertNever(move);
  }
}
