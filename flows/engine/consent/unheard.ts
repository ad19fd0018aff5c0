import { matchReserved } from '#shared/sms/reserved-words.ts';
import { revocation } from '#shared/sms/revocation.ts';
import { normalise } from '#shared/sms/text.ts';
import type { Desk } from '../desk.ts';
import type { Effect } from '../effects.ts';
import type { ContactState, Identity, SenderWorld } from '../world.ts';
import { names } from '../route-inbound.ts';
import { doubt } from './moves.ts';
import { stop } from './orders.ts';

/** What the words of a text mean to a person's standing: a STOP, or what may be one. */
export type Wish = 'stop' | 'doubt';

/**
 * What a text wants that could not be decided, by nothing but its words; null where they say nothing of the kind. A keyword that names
 * all of it goes before everything but a reserved word. Answers are not asked for: runs may be what it could not be decided for.
 */
export function wishIn(text: string, world: SenderWorld): Wish | null {
  const { reserved, languages } = world;
  const normalised = normalise(text);
  if (matchReserved(normalised, reserved)?.kind === 'stop') return 'stop';
  const wish = revocation(normalised, reserved, languages);
  if (wish === null || isKeyword(normalised, world)) return null;
  return wish.certainty === 'certain' ? 'stop' : 'doubt';
}

/** Keywords may be what the text could not be decided for: those that cannot be asked name nothing. */
function isKeyword(normalised: string, { keywords }: SenderWorld): boolean {
  try {
    const match = keywords.find(normalised);
    return match !== null && names(match, { normalised });
  } catch {
    return false;
  }
}

/** A text that could not be decided, and whom it is from as far as consent goes. */
export interface Unheard {
  text: string;
  at: number;
  /** The decision's working copy, which is changed in place; its runs are left alone. */
  contact: ContactState;
}

/**
 * The least that follows from a wish that could not be decided: who says STOP is stopped and gets nothing of what is queued, and what
 * needs consent waits until somebody has read what may be a STOP. Runs go on and can send nothing that STOP forbids; nothing is answered.
 */
export function heed(
  wish: Wish,
  { text, at, contact }: Unheard,
  world: SenderWorld,
  identity: Identity,
): Effect[] {
  const desk: Desk = {
    world,
    contact: { ...contact, runs: [], otherRuns: [] },
    identity,
    now: at,
    waitsFrom: at,
    message: text,
    doubted: true,
    saidAt: at,
    answered: null,
    effects: [],
    touched: new Set(),
    trails: new Map(),
  };
  if (wish === 'doubt') doubt(text, desk);
  else {
    const because = world.program.networkStops?.has(normalise(text)) ? 'gateway' : 'stop';
    // Without runs there is nothing to ask the shell for.
    stop(text, desk, because, false).next();
  }
  return desk.effects;
}
