import type { Scalar } from '../engine/effects.ts';
import { START } from '../engine/events.ts';
import { type Facts, type Person, STOPPED } from './facts.ts';
import type { Ground } from './ground.ts';
import { type Move, movesFrom, NOBODY_YET, type Standing } from './moves.ts';

/** A standing that was come to. */
export interface State extends Standing {
  id: number;
  /** How many things have to happen, at the least, to come here. */
  depth: number;
  /** Nothing that can be played comes here. */
  doubtful: boolean;
  /** The edge that came here first; -1 for the beginning. */
  via: number;
}

/** A step from state to state. */
export interface Edge extends Omit<Move, 'to'> {
  id: number;
  from: number;
  to: number;
}

/** Every state a flow can come to, and every step between them. */
export interface Exploration {
  states: readonly State[];
  edges: readonly Edge[];
  /** The edges that leave each state, by its id. */
  leaving: readonly (readonly Edge[])[];
  /** Null when everything was explored; else all conversations of up to `depth` texts and waits were. */
  bounded: { depth: number } | null;
}

export interface ExploreOptions {
  person?: Person;
  /** States after which an exploration gives up. */
  maxStates?: number;
}

/** Enough for a thousand steps with a few conditions each; a browser keeps it without trouble. */
export const MAX_STATES = 60_000;

/**
 * Explores a flow with the engine's own `advance`, gate and conditions, the shortest conversations first. What only something
 * unplayable brings about is looked at last, so that every state is met first on a way that can be shown, if there is one.
 */
export function explore(
  ground: Ground,
  { person = 'anyone', maxStates = MAX_STATES }: ExploreOptions = {},
): Exploration {
  const states: State[] = [];
  const edges: Edge[] = [];
  const leaving: Edge[][] = [];
  const known = new Map<string, State>();
  const relevant = relevance(ground, person);
  const doubts: { from: State; move: Move }[] = [];
  let layer: State[] = [];
  let later: State[] = [];

  const come = (
    to: Standing,
    depth: number,
    doubtful: boolean,
    via: number,
    isSameBreath: boolean,
  ): State => {
    const names = relevant(to.node);
    const key = keyOf(to, names, ground);
    let state = known.get(key);
    if (!state) {
      state = { ...to, facts: only(to.facts, names), id: states.length, depth, doubtful, via };
      known.set(key, state);
      states.push(state);
      leaving.push([]);
      (isSameBreath ? layer : later).push(state);
    }
    return state;
  };
  const go = (from: State, { to, ...move }: Move) => {
    const id = edges.length;
    const doubtful = from.doubtful || move.doubtful;
    const isSameBreath = move.happening === null;
    const state = come(to, from.depth + (isSameBreath ? 0 : 1), doubtful, id, isSameBreath);
    const edge = { ...move, doubtful, id, from: from.id, to: state.id };
    edges.push(edge);
    leaving[from.id]?.push(edge);
  };
  /** Explores what is waiting, and says how deep it came when it had to give up. */
  const exhaust = (): Exploration['bounded'] => {
    for (; later.length > 0; ) {
      layer = later;
      later = [];
      for (const state of layer) {
        if (states.length > maxStates) return { depth: Math.max(0, state.depth - 1) };
        for (const move of movesFrom(state, ground, person)) {
          if (move.doubtful && !state.doubtful) doubts.push({ from: state, move });
          else go(state, move);
        }
      }
    }
    return null;
  };

  come(NOBODY_YET, 0, false, -1, false);
  let bounded = exhaust();
  if (!bounded) {
    layer = [];
    for (const { from, move } of doubts) go(from, move);
    later.unshift(...layer);
    bounded = exhaust();
  }
  return { states, edges, leaving, bounded };
}

/** The facts that count at each node, in a fixed order. Whoever may begin again keeps what the beginning asks about. */
function relevance({ ahead }: Ground, person: Person): (node: string) => readonly string[] {
  if (person === 'anyone') return (node) => ahead.get(node) ?? [];
  const atStart = ahead.get(START) ?? [];
  const merged = new Map<string, readonly string[]>();
  return (node) => {
    let names = merged.get(node);
    if (!names) {
      names = [...new Set([...(ahead.get(node) ?? []), ...atStart, STOPPED])].sort();
      merged.set(node, names);
    }
    return names;
  };
}

function keyOf(
  { node, place, next, answers, facts }: Standing,
  names: readonly string[],
  { domains }: Ground,
): string {
  let key = `${node} ${place} ${next?.type ?? ''} ${answers ? 1 : 0}`;
  for (const name of names) {
    const value = facts.get(name);
    if (value === undefined) key += '|';
    else key += `|=${domains.get(name)?.classOf(value) ?? String(value)}`;
  }
  return key;
}

function only(facts: Facts, names: readonly string[]): Facts {
  if (facts.size === 0) return facts;
  const kept = new Map<string, Scalar>();
  for (const name of names) {
    const value = facts.get(name);
    if (value !== undefined) kept.set(name, value);
  }
  return kept;
}
