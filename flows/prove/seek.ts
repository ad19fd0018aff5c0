import type { Edge, Exploration } from './explore.ts';
import { movesFrom } from './moves.ts';
import { distancesTo, type Wish } from './paths.ts';
import { type Scene, sceneOf } from './scene.ts';
import { keyOf, nobodyYet, type Standing } from './standing.ts';

/** States that are looked at before giving up. */
const PATIENCE = 4_000;

interface Seeker extends Standing {
  depth: number;
  before: Seeker | null;
  by: Edge | null;
}

/**
 * Looks for a way with every fact kept in mind, where a loose exploration has found one that may contradict itself. The loose one
 * shows the direction: A*, with the texts and waits that are at least still to come. Null when patience has run out.
 */
export function seek(loose: Exploration, wish: Wish): Edge[] | null {
  const distance = distancesTo(loose, wish);
  const scene = sceneOf(loose.scene.ground, { person: loose.scene.person });
  const ids = new Map(loose.states.map((state) => [keyOf(state, state.facts), state.id]));
  const { table, relevant } = loose.scene;
  /** What the loose exploration keeps in mind of a standing. */
  const looselyAt = (to: Standing): number | undefined => {
    let facts = table.nothing;
    for (const name of table.names) {
      const value = scene.table.get(to.facts, name);
      if (value !== undefined) facts = table.set(facts, name, value);
    }
    return ids.get(keyOf(to, table.only(facts, relevant(to.node))));
  };
  const begin: Seeker = { ...nobodyYet(scene), depth: 0, before: null, by: null };
  const queue: Seeker[][] = [[begin]];
  const known = new Set<string>();
  let looked = 0;
  for (let cost = 0; cost < queue.length; cost++) {
    const waiting = queue[cost] ?? [];
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      if (looked++ > PATIENCE) return null;
      for (const { to, ...move } of movesFrom(at, scene)) {
        const by: Edge = { ...move, id: -1, from: -1, to: -1 };
        if (move.doubtful) continue;
        if (wish.wanted(by)) return [...walkedBack(at, by), ...goingOn(to, scene)];
        if (wish.avoid?.(by)) continue;
        const loosely = looselyAt(to);
        const rest = loosely === undefined ? undefined : distance.get(loosely);
        if (loosely === undefined || rest === undefined) continue;
        const facts = scene.table.only(to.facts, scene.relevant(to.node));
        const key = keyOf(to, facts);
        if (known.has(key)) continue;
        known.add(key);
        const depth = at.depth + (move.happening ? 1 : 0);
        const next: Seeker = { ...to, facts, depth, before: at, by };
        const total = Math.max(cost, depth + rest);
        while (queue.length <= total) queue.push([]);
        queue[total]?.push(next);
      }
    }
  }
  return null;
}

/** The engine's own steps until the run rests. */
function goingOn(from: Standing, scene: Scene): Edge[] {
  const way: Edge[] = [];
  for (let at = from; at.next && way.length < LONG; ) {
    const move = movesFrom(at, scene).find(({ doubtful }) => !doubtful);
    if (!move) break;
    const { to, ...by } = move;
    way.push({ ...by, id: -1, from: -1, to: -1 });
    at = to;
  }
  return way;
}

/** More steps than the engine does for one event. */
const LONG = 120;

function walkedBack(at: Seeker, last: Edge): Edge[] {
  const path = [last];
  for (let step: Seeker | null = at; step?.by; step = step.before) path.push(step.by);
  return path.reverse();
}
