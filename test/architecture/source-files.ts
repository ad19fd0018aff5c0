import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TOP_FOLDERS = ['shared', 'flows', 'server', 'client', 'test', 'scripts'] as const;

/** A file we wrote, its path from the root of the project, and what it imports. */
export interface SourceFile {
  path: string;
  text: string;
  lines: number;
  /** Paths from the root for our own files ("shared/ids.ts"), package names for others ("zod", "node:fs"). */
  imports: string[];
}

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;(=])import\s*\(?\s*['"]([^'"]+)['"]/g;

/** Every TypeScript file of the project, read once. */
export const SOURCE_FILES: readonly SourceFile[] = TOP_FOLDERS.flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
    .filter(
      (path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !/\.generated\.|\/node_modules\/|\.d\.ts$/.test(path),
    )
    .map(sourceFile),
);

function sourceFile(path: string): SourceFile {
  const text = readFileSync(`${ROOT}${path}`, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, from, bare]) => resolve(path, from ?? bare ?? ''));
  return { path, text, lines: text.split('\n').length - 1, imports };
}

function resolve(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('node:')) return specifier;
  const [scope = '', name] = specifier.split('/');
  return scope.startsWith('@') && name !== undefined ? `${scope}/${name}` : scope;
}

/** The top folder a path is in, or null for a package. */
export const topFolder = (path: string): string | null =>
  path.includes('/') && !path.startsWith('@')
    ? (TOP_FOLDERS.find((folder) => path.startsWith(`${folder}/`)) ?? null)
    : null;

/** The text without comments and strings, where a forbidden word would only be talked about. */
export const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
