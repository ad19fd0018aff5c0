import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { story } from './support/runs/acts.ts';
import { Cluster } from './support/runs/cluster.ts';
import { Round } from './support/runs/round.ts';

const cluster = new Cluster();
beforeAll(() => cluster.open());
afterAll(() => cluster.close());

test(
  'whatever people, clocks, other systems and nodes do, runs go on once, in their order, and none stays behind',
  async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ at, version, acts }) => {
        const round = new Round(cluster, await cluster.newStage(at, version));
        await round.play(acts);
        expect(round.wrong).toEqual([]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  },
  fc.patience(60_000),
);
