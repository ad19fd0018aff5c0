import { setup } from 'xstate';
import { transitionsOf } from './transitions.ts';

/** How a person stands to a program, that is to everything its senders send: `frozen` until somebody has read a text that may be a STOP. */
export type Standing = 'open' | 'frozen' | 'stopped';

/**
 * What can happen to a standing: `stop` in any words, or at the gateway; `doubt`, words that may be a STOP; `release`, somebody
 * read them and they are none; `return`, the person comes back by START or by joining; `reopen`, a decision is taken back.
 */
export type StandingEvent = 'stop' | 'doubt' | 'release' | 'return' | 'reopen';

const EVENT: { type: StandingEvent } = { type: 'stop' };
const STATES = ['open', 'frozen', 'stopped'] as const;
const EVENTS = ['stop', 'doubt', 'release', 'return', 'reopen'] as const;

/** A person's standing with one program. An event that a state does not name leaves it as it is. */
export const programStanding = setup({ types: { events: EVENT } }).createMachine({
  id: 'program-standing',
  initial: 'open',
  states: {
    open: { on: { stop: 'stopped', doubt: 'frozen', reopen: 'frozen' } },
    frozen: { on: { stop: 'stopped', release: 'open', return: 'open' } },
    stopped: { on: { return: 'open', reopen: 'frozen' } },
  },
});

/** Where an event takes a standing; the same where it takes it nowhere. */
export const nextStanding = transitionsOf<Standing, StandingEvent>(programStanding, STATES, EVENTS);

/** Every standing, `open` first, and everything that can happen to one. */
export const STANDINGS: readonly Standing[] = STATES;
export const STANDING_EVENTS: readonly StandingEvent[] = EVENTS;
