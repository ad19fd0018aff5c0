import { START } from '#flows/engine/events.ts';
import { NO_PATH, walkedPath } from './path.ts';
import type { RehearsalState } from './rehearsal-state.ts';
import { suggestions } from './suggestions.ts';
import { secondsToWake, type Setting, type Talk } from './talk.ts';

type Shown = Omit<RehearsalState, keyof Setting | 'now' | 'replayed'>;

/** What is shown while nothing is on the phone. */
export const NOTHING_SHOWN: Shown = {
  lines: [],
  run: null,
  consents: {},
  suggestions: [],
  nextWake: null,
  path: NO_PATH,
};

/** What is shown of a conversation as far as it has come. It goes on in place, so what it hands out is copied. */
export function shownOf({ phone, played, lines }: Talk, setting: Setting): Shown & { now: number } {
  const { stage, person, from } = setting;
  const { contact, decisions, run, open, now } = phone;
  return {
    lines: [...lines],
    now,
    run: run && { ...run },
    consents: Object.fromEntries(Object.entries(contact.consents).map(([list, { state }]) => [list, state])),
    suggestions: suggestions({
      compiled: played,
      stage,
      run,
      open,
      contact: { ...person, fields: contact.fields },
    }),
    nextWake: secondsToWake(phone),
    path: walkedPath(decisions, run, from === null ? null : START),
  };
}
