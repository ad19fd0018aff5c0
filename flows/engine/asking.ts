import { durationSeconds, durationWords } from '../definition/duration.ts';
import type { Purpose } from './effects.ts';
import {
  ask,
  type FragmentAction,
  type FragmentTransition,
  type NodeIssue,
  type PlaceFragment,
  type Port,
  type To,
} from './node-kind.ts';

/** How often a question may be asked again; each retry is a state of its own, which keeps the control state finite. */
export const MAX_RETRIES = 5;

/** The places of every node that asks: ask → wait; an unclear reply → retry-n → wait-n; after an interruption → again-n. */
export const ASKING_PLACES = [
  'ask',
  'wait-0',
  'again-0',
  ...Array.from({ length: MAX_RETRIES }, (_, n) => [
    `retry-${n + 1}`,
    `wait-${n + 1}`,
    `again-${n + 1}`,
  ]).flat(),
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
  /** What is done once the question has gone out for the first time; nothing where the gate refused it. */
  asked?: FragmentAction[];
  /** What each clear category does. */
  replies: Record<string, FragmentTransition>;
  /** Where an unclear reply leads once retries are used up. */
  unclear: FragmentTransition;
}

/** The fragment of a node that sends `text`, waits for a reply, asks again when unclear, and may time out. */
export function askingStates(asking: Asking, to: To): Record<string, PlaceFragment> {
  const sending = (field: string, then: string, actions?: FragmentAction[]): PlaceFragment => ({
    entry: [
      ask({
        kind: 'send',
        field,
        purpose: asking.purpose,
        ...(asking.list === undefined ? {} : { list: asking.list }),
      }),
    ],
    on: {
      'answer.send.accepted': { target: then, ...(actions ? { actions } : {}) },
      'answer.send.suppressed': to('suppressed'),
    },
  });
  const replies = Object.fromEntries(
    Object.entries(asking.replies).map(([category, transition]) => [`reply.${category}`, transition]),
  );
  const states: Record<string, PlaceFragment> = { ask: sending('text', 'wait-0', asking.asked) };
  for (let n = 0; n <= asking.retries; n++) {
    states[`wait-${n}`] = {
      ...(asking.timeout
        ? { entry: [ask({ kind: 'wake', afterSeconds: durationSeconds(asking.timeout) })] }
        : {}),
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

/** The way out when nobody replied in time; none where the question waits for ever. */
export const timeoutPorts = (timeout: string | undefined): Port[] =>
  timeout
    ? [{ id: 'timeout', label: `No reply for ${durationWords(timeout)}`, required: true, open: 'completed' }]
    : [];

/** The warning for a question that waits for ever. */
export const endless = (timeout: string | undefined): NodeIssue[] =>
  timeout
    ? []
    : [
        {
          code: 'wait.endless',
          severity: 'warning',
          message: 'This question waits for ever. Say how long to wait for a reply.',
          path: 'timeout',
        },
      ];
