import { START } from '../engine/events.ts';
import type { FactTable } from './facts.ts';
import type { Ground } from './ground.ts';
import { type Move, movesFrom } from './moves.ts';
import { type Scene, sceneOf, type Sight } from './scene.ts';
import type { Standing } from './standing.ts';

/** A scene, and every step that can follow a standing in it. */
export interface Stage {
  scene: Scene;
  /** `key`: of the standing, as `keyOf` has it. */
  movesFrom: (at: Standing, key: string) => readonly Move[];
}

/** Steps that were worked out once, the steps of the drawing they looked at, and when that was. */
interface Remembered {
  wake: Standing['wake'];
  moves: readonly Move[];
  nodes: readonly string[];
  at: number;
}

interface Memory {
  table: FactTable;
  moves: Map<string, Remembered>;
}

/**
 * What the proofs of one draft in one world leave behind, so that after an edit only what it touched is worked out anew. Which steps
 * can follow in a place depends on that step of the drawing and those that are passed at once, and on what all of them look at: the
 * world, the ways in, the languages, and how values are told apart. While that stays, steps are remembered; where it changes,
 * nothing is. What is explored is the same as without a memory.
 */
export class ProofMemory {
  private ground: Ground | null = null;
  private around = '';
  private nodes: ReadonlyMap<string, string> = new Map();
  private readonly changedAt = new Map<string, number>();
  private readonly memories = new Map<string, Memory>();
  private time = 0;
  private size = 0;

  /** The scene as it is set anew, but with what is known of it. */
  stage(ground: Ground, sight: Sight): Stage {
    if (this.ground !== ground) this.look(ground);
    const { person = 'anyone', track, alone = false } = sight;
    const key = JSON.stringify([person, alone, track ? [...track].sort() : null]);
    const known = this.memories.get(key);
    const scene = sceneOf(ground, sight, known?.table);
    const memory: Memory = known?.table === scene.table ? known : { table: scene.table, moves: new Map() };
    this.memories.set(key, memory);
    // Whoever goes on with an older draft is told nothing of the newer one, and leaves nothing behind.
    return {
      scene,
      movesFrom: (at, key) =>
        this.ground === ground ? this.movesFrom(at, key, scene, memory) : movesFrom(at, scene),
    };
  }

  private movesFrom(at: Standing, key: string, scene: Scene, { moves: known }: Memory): readonly Move[] {
    const before = known.get(key);
    if (
      before?.wake === at.wake &&
      before.nodes.every((node) => (this.changedAt.get(node) ?? 0) <= before.at)
    )
      return before.moves;
    const moves = movesFrom(at, scene);
    // Where the engine gave up, nobody knows which steps it went through.
    if (this.size > MOST || moves.some(hasFailed)) return moves;
    if (!before) this.size++;
    known.set(key, { wake: at.wake, moves, nodes: nodesOf(at, moves), at: this.time });
    return moves;
  }

  /** Takes note of what is different since the last time. */
  private look(ground: Ground): void {
    this.ground = ground;
    this.time++;
    const around = aroundOf(ground);
    // Of values that nobody foresaw, the first that was met stands for others like it, and another may be met first now.
    const isUnforeseen = [...this.memories.values()].some(({ table }) => !table.isForeseen);
    if (around !== this.around || isUnforeseen || this.size > MOST) {
      this.memories.clear();
      this.size = 0;
    }
    this.around = around;
    const nodes = nodesIn(ground);
    for (const id of new Set([...nodes.keys(), ...this.nodes.keys()])) {
      if (nodes.get(id) !== this.nodes.get(id)) this.changedAt.set(id, this.time);
    }
    this.nodes = nodes;
  }
}

/** The same for those who remember nothing. */
export function stageOf(ground: Ground, sight: Sight): Stage {
  const scene = sceneOf(ground, sight);
  return { scene, movesFrom: (at) => movesFrom(at, scene) };
}

/** As many standings as two big explorations have; beyond that, nothing new is remembered, and before the next proof all is forgotten. */
const MOST = 120_000;

const hasFailed = ({ notes }: Move): boolean => notes.some((note) => note.do === 'failed');

/** The steps of the drawing that these moves looked at. */
function nodesOf({ node }: Standing, moves: readonly Move[]): string[] {
  const nodes = new Set([node]);
  for (const { to, passages } of moves) {
    nodes.add(to.node);
    for (const passage of passages) nodes.add(passage.from).add(passage.to);
  }
  return [...nodes];
}

/** What every step looks at. */
function aroundOf({ world, parsed, compiled, ahead, domains, lists }: Ground): string {
  const { triggers, languages, interruptible } = compiled.definition;
  const compared = [...domains].map(([variable, { comparisons }]) => [variable, comparisons]);
  const { triggers: drawn } = parsed.definition;
  return JSON.stringify([
    world,
    triggers,
    drawn,
    languages,
    interruptible,
    compared,
    [...lists],
    ahead.get(START),
  ]);
}

/** What the steps that can follow at each step of the drawing depend on. */
function nodesIn({ parsed, ahead }: Ground): Map<string, string> {
  const { definition, nodes } = parsed;
  const { start, translations } = definition;
  const existing = (id: string | null): string | null => (id !== null && nodes.has(id) ? id : null);
  const lines = new Map<string, unknown[]>();
  for (const { from, port, to } of definition.edges) {
    const leaving = lines.get(from) ?? [];
    leaving.push([port, existing(to)]);
    lines.set(from, leaving);
  }
  const drawn = new Map(definition.nodes.toReversed().map((node) => [node.id, node]));
  const all = new Map([[START, JSON.stringify(existing(start))]]);
  for (const [id, { kind, entry, ports, texts, sets, busy }] of nodes) {
    const words = Object.values(translations).flatMap((one) =>
      texts.map(({ field }) => one[`${id}.${field}`]),
    );
    const own = [kind, drawn.get(id)?.config, entry, ports, texts, sets, busy, words];
    all.set(id, JSON.stringify([own, lines.get(id), ahead.get(id)]));
  }
  return all;
}
