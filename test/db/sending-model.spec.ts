import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { counting } from './support/flows.ts';
import { story } from './support/model/acts.ts';
import { Cluster } from './support/model/cluster.ts';
import { Round } from './support/model/round.ts';
import { stageSending } from './support/sending-stage.ts';

const stage = stageSending({ flows: [counting('COUNT', 60)], gateway: { mostAtOnce: 3 }, clears: ['paces'] });
let cluster: Cluster;

beforeEach(async () => {
  cluster = new Cluster(stage);
  await cluster.open();
});
afterEach(() => cluster.close());

test(
  'whatever people, far ends and nodes do, texts go once and in order, none after STOP, and none stays behind',
  async () => {
    await fc.assert(
      fc.asyncProperty(story, async (acts) => {
        const round = new Round(cluster);
        await round.play(acts);
        expect(round.wrong).toEqual([]);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  },
  fc.patience(60_000),
);
