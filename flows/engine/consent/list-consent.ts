import { setup } from 'xstate';
import { transitionsOf } from './transitions.ts';

/** How a person stands to a list. Only `confirmed` lets marketing through: the list's policy was met. */
export type ConsentState = 'none' | 'pending' | 'confirmed' | 'revoked' | 'expired';

/**
 * What can happen to a consent. `join`: asked for, or wanted on a list that confirms; `confirm`: the list's policy is met; `import`:
 * given elsewhere, with its evidence; `restore`: what a STOP took is given back; `expire`: unanswered or unused too long.
 */
export type ConsentEvent = 'join' | 'confirm' | 'import' | 'revoke' | 'restore' | 'expire';

const EVENT: { type: ConsentEvent } = { type: 'join' };
const STATES = ['none', 'pending', 'confirmed', 'revoked', 'expired'] as const;
const EVENTS = ['join', 'confirm', 'import', 'revoke', 'restore', 'expire'] as const;

/**
 * A person's consent to one list. What was revoked comes back only by the person's own doing, never by an import; what was
 * never given or has lapsed already does not lapse. An event that a state does not name leaves it as it is.
 */
export const listConsent = setup({ types: { events: EVENT } }).createMachine({
  id: 'list-consent',
  initial: 'none',
  states: {
    none: { on: { join: 'pending', confirm: 'confirmed', import: 'confirmed', revoke: 'revoked' } },
    pending: { on: { confirm: 'confirmed', import: 'confirmed', revoke: 'revoked', expire: 'expired' } },
    confirmed: { on: { revoke: 'revoked', expire: 'expired' } },
    revoked: { on: { join: 'pending', confirm: 'confirmed', restore: 'confirmed' } },
    expired: { on: { join: 'pending', confirm: 'confirmed', import: 'confirmed', revoke: 'revoked' } },
  },
});

/** Where an event takes a consent; the same state where it takes it nowhere. */
export const nextConsent = transitionsOf<ConsentState, ConsentEvent>(listConsent, STATES, EVENTS);

/** Every state of a consent, `none` first, and everything that can happen to one. */
export const CONSENT_STATES: readonly ConsentState[] = STATES;
export const CONSENT_EVENTS: readonly ConsentEvent[] = EVENTS;
