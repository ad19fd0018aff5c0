import type { DataSource } from 'typeorm';
import { Clock } from '#server/common/clock.ts';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { BacklogService } from '#server/inbound/backlog.service.ts';
import { BatchDecider } from '#server/inbound/batch.ts';
import { BatchWatch } from '#server/inbound/batch-watch.ts';
import { InboundService } from '#server/inbound/inbound.service.ts';
import type { WorkResult } from '#server/inbound/work.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { Handover } from '#server/runtime/handover.ts';
import { WakeClock } from '#server/wake-ups/wake-clock.ts';
import { WorldCache } from '#server/runtime/world-cache.ts';
import { SENDER } from '../../support/phone-stage.ts';
import type { TestWorkspace } from '../../support/workspace.ts';
import { phoneOf } from './phones.ts';

/** The time of this machine, moved ahead when a bench says so. */
export class ShiftedClock extends Clock {
  ahead = 0;
  now(): number {
    return Date.now() + this.ahead;
  }
}

/** The path of every text within this process: no web server, no outbox. Several on one database are several nodes. */
export interface DecideStage {
  backlog: BacklogService;
  wakes: WakeClock;
  /** From now on texts are only stored, or decided again. */
  storeOnly: (on: boolean) => void;
  /** These people (numbers from 0) say a text, as many at once as a busy server has in memory; resolves when all are answered with that status. */
  say(people: readonly number[], text: string, status: 'decided' | 'pending'): Promise<void>;
  close(): Promise<void>;
}

/** As many texts as a busy server has in memory. */
const AT_ONCE = 4_000;

export async function stageDeciding(
  url: string,
  workspace: TestWorkspace,
  clock: Clock,
): Promise<DecideStage> {
  const source: DataSource = await createDataSource({ url, pool: 8, applicationName: 'bench' }).initialize();
  const log = createLog('warn');
  const flows = new FlowCache(source, log);
  const decider = new StoringDecider(new WorldCache(source, flows), flows, clock, log, new Handover());
  const watch = new BatchWatch();
  const inbound = new InboundService(source, decider, watch, log);
  const backlog = new BacklogService(source, clock, log, inbound, new BatchWatch());
  const say = (person: number, text: string): Promise<WorkResult> =>
    new Promise((done) => {
      const at = clock.now();
      const phone = phoneOf(person);
      inbound.accept({
        kind: 'text',
        id: newId(at),
        workspaceId: workspace.id,
        gatewayId: workspace.gatewayId,
        phone,
        reachable: true,
        from: phone,
        to: SENDER.address,
        text,
        gatewayMessageId: `bench-${text}-${person}`,
        extra: null,
        at,
        done,
      });
    });
  const wakes = new WakeClock(source, clock, inbound, log);
  return {
    backlog,
    wakes,
    storeOnly: (on) => {
      decider.storing = on;
    },
    say: async (people, text, status) => {
      let next = 0;
      // Whoever is answered makes room for the next: a busy server never waits for the last of some.
      const talk = async (): Promise<void> => {
        for (let n = next++; n < people.length; n = next++) {
          const result = await say(people[n] as number, text);
          if (!('stored' in result) || result.stored.status !== status)
            throw new Error(`Not ${status}: ${JSON.stringify(result)}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, talk));
    },
    close: async () => {
      await wakes.onApplicationShutdown();
      await backlog.onApplicationShutdown();
      await inbound.onApplicationShutdown();
      await source.destroy();
    },
  };
}

class StoringDecider extends BatchDecider {
  storing = false;

  override draft(...[client, works]: Parameters<BatchDecider['draft']>): ReturnType<BatchDecider['draft']> {
    return super.draft(client, works, this.storing);
  }
}
