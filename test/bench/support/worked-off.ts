import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Counting costs the database something, so it is left alone ten times as long as it took. */
const LOOK = { leastMs: 200, times: 10 };
/** How long nothing may become less before we give up; what is left then shows in the check of the rows. */
const PATIENCE_MS = 30_000;

/** Waits until nothing is pending and nothing is queued, as long as that becomes less. Returns the seconds it took. */
export async function untilWorkedOff(source: DataSource): Promise<number> {
  const began = performance.now();
  let least = Number.POSITIVE_INFINITY;
  let lessAt = began;
  for (;;) {
    const asked = performance.now();
    const [row]: { left: number }[] = await source.query(
      'select (select count(*) from backlog)::float8 + (select count(*) from outbox)::float8 as left',
    );
    const left = row?.left ?? 0;
    const now = performance.now();
    if (left < least) [least, lessAt] = [left, now];
    if (left === 0 || now - lessAt > PATIENCE_MS) return (now - began) / 1_000;
    await sleep(Math.max(LOOK.leastMs, LOOK.times * (now - asked)));
  }
}
