import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake, type Typed } from './command.ts';
import type { Terminal } from './terminal.ts';

/** The files that are meant where several may be named, at least one. What a shell's * caught besides flows is left out, and said. */
export function flowPaths({ files }: Typed, terminal: Terminal): string[] {
  const paths = files.map(flowPath);
  const flows = paths.filter((path) => path.endsWith('.json'));
  if (flows.length === 0 || flows.length === paths.length) return atLeastOne(paths);
  const others = paths.filter((path) => !flows.includes(path));
  terminal.complain(`Left out, for a flow is a .json file: ${others.join(', ')}`);
  return flows;
}

/** The file that is meant: a folder stands for the `flow.json` in it. */
export function flowPath(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  const inside = join(path, 'flow.json');
  if (!existsSync(inside)) throw new Mistake(`${path} is a folder without a flow.json.`);
  return inside;
}

function atLeastOne(paths: string[]): string[] {
  if (paths.length === 0) throw new Mistake('Name a file with a flow.');
  return paths;
}
