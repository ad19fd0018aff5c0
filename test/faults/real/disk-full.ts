import type { Fault } from '../fault.ts';

const FULL_MS = 5_000;

/** The disk of the database is full until somebody makes room. */
export const diskFull: Fault = {
  name: 'disk-full',
  summary: `the database's disk full for ${FULL_MS / 1_000} seconds`,
  diskMegabytes: 1_024,
  mostRounds: 5,
  async round(stage) {
    const until = performance.now() + FULL_MS;
    // The log is written into files made before: only when it wants a new one does it meet the end of the disk.
    for (; performance.now() < until; await stage.pause(50)) stage.disk.fill();
    stage.disk.empty();
  },
};
