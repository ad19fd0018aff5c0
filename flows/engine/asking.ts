import { durationSeconds } from '../definition/duration.ts';
import type { Purpose } from './effects.ts';
import { ask, type FragmentTransition, type PlaceFragment, type To } from './node-kind.ts';

/** How often a question may be asked again; each retry is a state of its own, which keeps the control state finite. */
export const MAX_RETRIES = 5;

/** The places of every node that asks: ask → wait; an unclear reply → retry-n → wait-n; after an interruption → again-n. */
export const ASKING_PLACES = [
  'ask',
  'wait-0',
  'again-0',
  ...Array.from({ length: MAX_RETRIES }, (_, n) => [`retry-${n + 1}`, `wait-${n + 1}`, `again-${n + 1}`]).flat(),
] as const;

export interface Asking {
  purpose: Purpose;
  list?: string;
  /** How often an unclear reply is answered with `retryText` before it leaves by `unclear`. */
  retries: number;
  /** The config field with the text of a retry; without one the question itself is sent again. */
  retryField: string | null;
  /** How long to wait for a reply, or null for ever. */
  timeout: string | null;
  /** What each clear category does. */
  replies: Record<string, FragmentTransition>;
  /** Where an unclear reply leads once retries are used up. */
  unclear: FragmentTransition;
}

/** The fragment of a node that sends `text`, waits for a reply, asks again when unclear, and may time out. */
export function askingStates(asking: Asking, to: To): Record<string, PlaceFragment> {
  const sending = (field: string, then: string): PlaceFragment => ({
    entry: [
      ask({ kind: 'send', field, purpose: asking.purpose, ...(asking.list === undefined ? {} : { list: asking.list }) }),
    ],
    on: { 'answer.send.accepted': { target: then }, 'answer.send.suppressed': to('suppressed') },
  });
  const replies = Object.fromEntries(
    Object.entries(asking.replies).map(([category, transition]) => [`reply.${category}`, transition]),
  );
  const states: Record<string, PlaceFragment> = { ask: sending('text', 'wait-0') };
  for (let n = 0; n <= asking.retries; n++) {
    states[`wait-${n}`] = {
      ...(asking.timeout ? { entry: [ask({ kind: 'wake', afterSeconds: durationSeconds(asking.timeout) })] } : {}),
      on: {
        ...replies,
        'reply.other': n < asking.retries ? { target: `retry-${n + 1}` } : asking.unclear,
        resume: { target: `again-${n}` },
        ...(asking.timeout ? { timeout: to('timeout') } : {}),
      },
    };
    states[`again-${n}`] = sending('text', `wait-${n}`);
    if (n > 0) states[`retry-${n}`] = sending(asking.retryField ?? 'text', `wait-${n}`);
  }
  return states;
}
