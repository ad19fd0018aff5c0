import type { Trigger } from '../definition/schema.ts';
import { termsOf } from '../definition/terms.ts';
import { routeInbound } from '../engine/route-inbound.ts';
import type { SenderWorld } from '../engine/world.ts';
import { ANYTHING, somebody } from './alphabet.ts';
import type { Happening } from './happenings.ts';
import { textFor } from './text-for-pattern.ts';

/** A way in which a flow begins. */
export type Beginning = Extract<Happening, { kind: 'keyword' }>;

/** Every way into a flow, each with a text that takes it. */
export function beginningsOf(triggers: readonly Trigger[], sender: SenderWorld): Beginning[] {
  return triggers.flatMap((trigger) => {
    const { kind, words, match, medium = null, language = null } = trigger;
    const known = termsOf(trigger)?.known ?? null;
    const begin = (word: string | null, says: string | null): Beginning => ({
      kind: 'keyword',
      word,
      says,
      medium,
      language,
      known,
      isVague: kind === 'unmatched' || match === 'pattern',
    });
    if (kind === 'unmatched') return [begin(null, ANYTHING.find((text) => isLeftOver(text, sender)) ?? null)];
    const takes = (text: string): boolean => isTaken(text, sender);
    return words.map((word) => begin(word, match === 'pattern' ? textFor(word, takes) : word));
  });
}

const isTaken = (text: string, sender: SenderWorld): boolean =>
  routeInbound(text, somebody(), sender).to === 'flow';

const isLeftOver = (text: string, sender: SenderWorld): boolean =>
  routeInbound(text, somebody(), sender).to === 'fallback';
