import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Whether something has to be built anew: its stamp is missing, or one of its sources was changed after the stamp. A
 * folder counts as changed when a file in it comes or goes. Without any source there is nothing to build from, so what
 * was built stands (a container that holds only the result).
 * @param {string} stamp
 * @param {readonly string[]} sources files and folders
 */
export function isOutOfDate(stamp, sources) {
  const newest = newestChange(sources);
  if (newest === undefined) return false;
  const built = statSync(stamp, { throwIfNoEntry: false });
  return built === undefined || newest > built.mtimeMs;
}

/**
 * Notes that a build which began at `began` (ms since 1970) has succeeded. What was edited meanwhile counts as newer.
 * @param {string} stamp
 * @param {number} began
 */
export function writeStamp(stamp, began) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, new Date(began), new Date(began));
}

/** @returns {number | undefined} */
function newestChange(paths) {
  let newest;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) continue;
    const inside = found.isDirectory()
      ? newestChange(
          readdirSync(path)
            .filter((name) => !name.startsWith('.'))
            .map((name) => join(path, name)),
        )
      : undefined;
    newest = Math.max(newest ?? 0, found.mtimeMs, inside ?? 0);
  }
  return newest;
}
