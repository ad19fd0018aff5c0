import type { Ground } from './ground.ts';
import { type ProofMemory, stageOf } from './memory.ts';
import type { Move } from './moves.ts';
import type { Scene, Sight } from './scene.ts';
import { keyOf, nobodyYet, type Standing } from './standing.ts';
import { finish } from './steps.ts';

/** A standing that was come to. */
export interface State extends Standing {
  id: number;
  /** What tells it apart. */
  key: string;
  /** How many things have to happen, at the least, to come here. */
  depth: number;
  /** Nothing that can be played comes here. */
  doubtful: boolean;
  /** Everything that can follow was looked at. */
  explored: boolean;
}

/** A step from state to state. */
export interface Edge extends Omit<Move, 'to'> {
  id: number;
  from: number;
  to: number;
}

/** Every state a flow can come to, and every step between them. */
export interface Exploration {
  scene: Scene;
  states: readonly State[];
  edges: readonly Edge[];
  /** The edges that leave each state, by its id. */
  leaving: readonly (readonly Edge[])[];
  /** Null when everything was explored; else all conversations of up to `depth` texts and waits were. */
  bounded: { depth: number } | null;
  /** Whether some facts were asked about anew each time: more seems possible than is. */
  isLoose: boolean;
}

/** How far an exploration has come. */
export interface Progress {
  states: number;
  /** In texts and waits: all conversations that are shorter were looked at. */
  depth: number;
  /** What was found so far, as if the exploration had been cut short here. */
  soFar: () => Exploration;
}

export interface ExploreOptions extends Sight {
  /** States after which an exploration gives up. */
  maxStates?: number;
  /** What earlier proofs of the flow left behind. */
  memory?: ProofMemory | undefined;
}

/** Enough for a thousand steps with a few conditions each; a browser keeps it without trouble. */
export const MAX_STATES = 60_000;

/** After so many states, somebody else may have their turn. */
const PAUSE = 16;

/**
 * Explores a flow with the engine's own `advance`, gate and conditions, the shortest conversations first. What only something
 * unplayable brings about is looked at last, so that every state is met first on a way that can be shown, if there is one.
 */
export function explore(ground: Ground, options: ExploreOptions = {}): Exploration {
  return finish(exploring(ground, options));
}

/** The same, a state at a time, for those who have something else to do meanwhile. */
export function* exploring(
  ground: Ground,
  { maxStates = MAX_STATES, memory, ...sight }: ExploreOptions = {},
): Generator<Progress, Exploration> {
  const { scene, movesFrom } = memory?.stage(ground, sight) ?? stageOf(ground, sight);
  const states: State[] = [];
  const edges: Edge[] = [];
  const leaving: Edge[][] = [];
  const known = new Map<string, State>();
  const doubts: { from: State; move: Move }[] = [];
  let looked = 0;
  let layer: State[] = [];
  let later: State[] = [];

  const come = (to: Standing, depth: number, doubtful: boolean, isSameBreath: boolean): State => {
    const facts = scene.table.only(to.facts, scene.relevant(to.node));
    const key = keyOf(to, facts);
    let state = known.get(key);
    if (!state) {
      state = { ...to, facts, key, id: states.length, depth, doubtful, explored: false };
      known.set(key, state);
      states.push(state);
      leaving.push([]);
      (isSameBreath ? layer : later).push(state);
    }
    return state;
  };
  const go = (from: State, move: Move) => {
    const { happening, passages, captures, notes, assumed } = move;
    const doubtful = from.doubtful || move.doubtful;
    const isSameBreath = happening === null;
    const { id: to } = come(move.to, from.depth + (isSameBreath ? 0 : 1), doubtful, isSameBreath);
    const edge = {
      id: edges.length,
      from: from.id,
      to,
      happening,
      passages,
      captures,
      notes,
      assumed,
      doubtful,
    };
    edges.push(edge);
    leaving[from.id]?.push(edge);
  };
  const asFarAs = (bounded: Exploration['bounded']): Exploration => ({
    scene,
    states,
    edges,
    leaving,
    bounded,
    isLoose: sight.track !== undefined,
  });
  /** Explores what is waiting, and says how deep it came when it had to give up. */
  const exhaust = function* (): Generator<Progress, Exploration['bounded']> {
    while (later.length > 0) {
      layer = later;
      later = [];
      for (const state of layer) {
        const depth = Math.max(0, state.depth - 1);
        if (states.length > maxStates) return { depth };
        if (++looked % PAUSE === 0) yield { states: states.length, depth, soFar: () => asFarAs({ depth }) };
        state.explored = true;
        for (const move of movesFrom(state, state.key)) {
          if (move.doubtful && !state.doubtful) {
            doubts.push({ from: state, move });
            state.explored = false;
          } else go(state, move);
        }
      }
    }
    return null;
  };

  come(nobodyYet(scene), 0, false, false);
  let bounded = yield* exhaust();
  if (!bounded) {
    layer = [];
    for (const { from, move } of doubts) {
      go(from, move);
      from.explored = true;
    }
    later.unshift(...layer);
    bounded = yield* exhaust();
  }
  return asFarAs(bounded);
}
