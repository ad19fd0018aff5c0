/** How often to look, in milliseconds. */
const LOOK = 500;

/**
 * Calls `end` when the shell is gone through which npm has started this script: npm passes a signal on to that shell alone, which ends
 * without a word to anybody. Does nothing where npm did not start it: whoever sends a process into the background may leave it there.
 * @param {() => void} end
 */
export function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    end();
  }, LOOK).unref();
}
