import { assertNever } from '#shared/assert-never.ts';
import { durationOf } from '#flows/definition/duration.ts';
import type { LaterKind, Scalar } from '#flows/engine/effects.ts';
import type { TranscriptLine } from '#flows/engine/transcript.ts';

/** What can be done with a rehearsal: text, let time pass, let something happen outside, answer what was asked of the outside. */
export type Move =
  | { kind: 'says'; text: string; media?: readonly string[] }
  | { kind: 'waits'; seconds: number }
  | { kind: 'event'; name: string; key: string | null; value: Scalar }
  | { kind: 'answer'; call: LaterKind; outcome: string; values?: Readonly<Record<string, Scalar>> };

const CALLS: Readonly<Record<LaterKind, string>> = {
  delivery: 'The text',
  webhook: 'The web request',
  email: 'The e-mail',
};

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

/** A move as saved conversations write it. Time that is told in no whole unit passes in two steps. */
export function linesOfMove(move: Move): TranscriptLine[] {
  switch (move.kind) {
    case 'says':
      return [{ says: move.text, ...(move.media ? { media: [...move.media] } : {}) }];
    case 'waits': {
      const seconds = Math.round(move.seconds);
      const rest = seconds > LONG ? seconds % 60 : 0;
      return [seconds - rest, rest].flatMap((part) => (part > 0 ? [{ after: durationOf(part) }] : []));
    }
    case 'event':
      return [
        {
          event: move.name,
          ...(move.key === null ? {} : { key: move.key }),
          ...(move.value === null ? {} : { value: move.value }),
        },
      ];
    case 'answer':
      return [
        { answer: move.call, with: move.outcome, ...(move.values ? { values: { ...move.values } } : {}) },
      ];
    default:
      return assertNever(move);
  }
}

/** Seconds beyond which nobody counts in seconds. */
const LONG = 86_400;
