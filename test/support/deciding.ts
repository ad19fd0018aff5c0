import { decide } from '#flows/engine/decide.ts';
import type { ContactState, Decision } from '#flows/engine/world.ts';
import { stranger, worldOf } from './phone-stage.ts';

/** A sender with one list and no flow. */
export const WORLD = worldOf([], { news: 'double' });

/** Somebody who is on the list, `since` then where that is said. */
export const person = (since?: number): ContactState => ({
  ...stranger(),
  known: true,
  consents: {
    news: { state: 'confirmed', because: 'double-opt-in', ...(since === undefined ? {} : { since }) },
  },
});

let ids = 0;

/** What the engine decides about one happening; the person is changed by it. Ids count on from one to the next. */
export function happens(
  contact: ContactState,
  happening: Parameters<typeof decide>[0],
  world = WORLD,
): Decision {
  const turn = decide(happening, contact, world, { newId: () => `id-${++ids}` }).next();
  if (!turn.done) throw new Error('Nothing here asks the shell for anything.');
  return turn.value;
}
