import { isAlive } from './postmaster.ts';

/** A process that is started again when it dies. */
export interface Kept {
  /** Of the process that runs now. */
  pid(): number;
  /** No longer. Waits for a restart under way. */
  release(): Promise<void>;
}

/** How often to look, and the longest pause between tries that fail, in ms. */
const LOOK = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Watches a process, ours or an adopted one, and calls `restart` when it is gone, again and again until that succeeds.
 * A watched process may be somebody else's child, so nobody tells us: we look.
 */
export function keepRunning(first: number, restart: () => Promise<number>): Kept {
  let pid = first;
  let underWay: Promise<void> | undefined;
  let pause = LOOK;
  let notBefore = 0;
  const look = setInterval(() => {
    if (underWay || isAlive(pid) || performance.now() < notBefore) return;
    underWay = restart()
      .then(
        (next) => {
          pid = next;
          pause = LOOK;
        },
        () => {
          notBefore = performance.now() + pause;
          pause = Math.min(pause * 2, LONGEST_PAUSE);
        },
      )
      .finally(() => {
        underWay = undefined;
      });
  }, LOOK).unref();
  return {
    pid: () => pid,
    release: async () => {
      clearInterval(look);
      await underWay;
    },
  };
}
