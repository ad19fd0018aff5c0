import type { Scalar } from '../engine/effects.ts';
import { START } from '../engine/events.ts';
import { CONSENT_KINDS, FactTable, STOPPED, UNASKED } from './facts.ts';
import type { Ground } from './ground.ts';

/**
 * Whom a flow is explored with. `anyone`: every state of consent and every earlier history. `newcomer`: somebody without a
 * history, who may text the keyword again; what such a person does can be played on a phone without being told anything.
 */
export type Person = 'anyone' | 'newcomer';

/** A flow, a person, and what is kept in mind of them while one is explored with the other. */
export interface Scene {
  ground: Ground;
  person: Person;
  table: FactTable;
  /** Nothing else happens to this person while the flow waits: no other flow and nobody of ours changes their lists. */
  alone: boolean;
  /** The facts that count at a node. */
  relevant: (node: string) => readonly string[];
}

/** How a flow is looked at. */
export interface Sight {
  person?: Person;
  /** The facts that are kept in mind; all where left out. With fewer, fewer states seem to allow more. */
  track?: ReadonlySet<string>;
  /** Leaves out what others do to the person's lists meanwhile. */
  alone?: boolean;
}

/** Sets a scene. `known`: a table that was filled before, where values are told apart as they are now. */
export function sceneOf(ground: Ground, sight: Sight = {}, known?: FactTable): Scene {
  const { person = 'anyone', track, alone = false } = sight;
  const { ahead, domains } = ground;
  const all = new Set([STOPPED, ...[...new Set(ahead.values())].flat()]);
  const names = [...all].filter((name) => track?.has(name) ?? true);
  const isSame = known?.names.length === names.length && names.every((name, at) => known.names[at] === name);
  const table = known && isSame ? known : new FactTable(names, domains);
  if (person === 'anyone')
    return { ground, person, table, alone, relevant: (node) => ahead.get(node) ?? NONE };
  const atStart = ahead.get(START) ?? NONE;
  const merged = new Map<string, readonly string[]>();
  // Whoever may begin again keeps what the beginning asks about.
  const relevant = (node: string) => {
    let names = merged.get(node);
    if (!names) {
      names = [...new Set([...(ahead.get(node) ?? NONE), ...atStart, STOPPED])];
      merged.set(node, names);
    }
    return names;
  };
  return { ground, person, table, alone, relevant };
}

const NONE: readonly string[] = [];

/** What an unknown fact may turn out to be, the most ordinary first. What is not kept in mind can be anything, every time. */
export function possibilities(fact: string, { person, ground, table }: Scene): readonly Scalar[] {
  const isNew = person === 'newcomer' && table.tracks(fact);
  if (fact === UNASKED) return ground.isOrdered ? [false, true] : [false];
  if (fact === STOPPED) return isNew ? [false] : [false, true];
  if (fact.startsWith('age ')) return isNew ? [false] : [false, true];
  if (fact.startsWith('list ')) return isNew ? CONSENT_KINDS.slice(0, 1) : CONSENT_KINDS;
  if (fact.startsWith('answers.') && table.tracks(fact)) return [null];
  return ground.domains.get(fact)?.values ?? [null];
}
