import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what no test can make happen at once: looks again, so many milliseconds later, until it is so. Fails by jest's own limit. */
export async function until(isSo: () => boolean | Promise<boolean>, pauseMs = 10): Promise<void> {
  while (!(await isSo())) await sleep(pauseMs);
}
