import { drawnFrom, drawnNode } from '#flows/engine/flatten.ts';
import type { Decision, Run } from '#flows/engine/world.ts';

/** The way one run went through the drawing. */
export interface WalkedPath {
  /** Lines gone along, as `lineKey`, in the order they were first passed. */
  lines: ReadonlySet<string>;
  /** Steps it came through. */
  nodes: ReadonlySet<string>;
  /** The step it stands in now, or null when it is over. */
  current: string | null;
}

/** Where nobody has gone. */
export const NO_PATH: WalkedPath = { lines: new Set(), nodes: new Set(), current: null };

/** Names a line of the drawing by where it starts; a port has one line at most. */
export const lineKey = (from: string, port: string): string => `${from} ${port}`;

/** Collects where a run went from everything that was decided so far; lines from `except` are left out. */
export function walkedPath(
  decisions: readonly Decision[],
  run: Run | null,
  except: string | null = null,
): WalkedPath {
  if (run === null) return NO_PATH;
  const lines = new Set<string>();
  const nodes = new Set<string>();
  for (const trail of decisions.flatMap((decision) => decision.trails)) {
    if (trail.runId !== run.id) continue;
    for (const step of trail.steps) {
      if (step.do !== 'pass') continue;
      const from = drawnFrom(step.from);
      if (from !== null && from !== except) lines.add(lineKey(from, step.port));
      nodes.add(drawnNode(step.to));
    }
  }
  return { lines, nodes, current: run.status === 'ended' ? null : drawnNode(run.position.node) };
}
