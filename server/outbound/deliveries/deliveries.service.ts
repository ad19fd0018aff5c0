import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Happening } from '#flows/engine/world.ts';
import { Clock } from '../../common/clock.ts';
import { Log } from '../../common/log.ts';
import { RoundsWorker } from '../../common/rounds-worker.ts';
import { LaneConnection } from '../../database/lane-connection.ts';
import { againAfter } from '../../inbound/again-after.ts';
import { decided } from '../../inbound/decided.ts';
import { InboundService } from '../../inbound/inbound.service.ts';
import {
  claimDeliveries,
  type Delivery,
  forgetTold,
  forgetUnreported,
  putOffTelling,
} from './deliveries.repository.ts';

/** How often is looked when nobody nudges, in milliseconds. */
const EVERY_MS = 1_000;
const AT_ONCE = 500;
const TIDY_MS = 60 * 60_000;

/**
 * Tells runs what became of their texts, and the consent of people whom a gateway has blocked, as work of their contact, in order
 * with texts and wake-ups. Both were written down with the text's own fate; they are forgotten once they are decided. What is told
 * twice changes nothing: the run has gone on, or is over.
 */
@Injectable()
export class Deliveries extends RoundsWorker {
  private readonly connection: LaneConnection;
  private tidied = 0;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    log: Log,
    private readonly inbound: InboundService,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'What became of texts could not be told.' });
    this.connection = new LaneConnection(database);
  }

  override async onApplicationShutdown(): Promise<void> {
    await super.onApplicationShutdown();
    await this.connection.drop();
  }

  protected async round(): Promise<void> {
    for (;;) {
      const now = this.clock.now();
      const due = await this.connection.statement((client) => claimDeliveries(client, now, AT_ONCE));
      const again = await Promise.all(due.map((delivery) => this.tell(delivery)));
      const told = due.filter((_, at) => again[at] === null);
      const untold = due.flatMap((delivery, at) => {
        const after = again[at] ?? null;
        return after === null ? [] : [{ delivery, until: this.clock.now() + after }];
      });
      await this.connection.statement(async (client) => {
        await forgetTold(client, told);
        await putOffTelling(client, untold);
      });
      if (due.length < AT_ONCE || this.isClosing) break;
    }
    await this.tidy();
  }

  /** After how many milliseconds it is to be told again, because it could not be decided now; null where it was. */
  private async tell(delivery: Delivery): Promise<number | null> {
    const at = this.clock.now();
    const happenings = happeningsOf(delivery, at);
    const again = await Promise.all(happenings.map((happening) => this.happen(delivery, happening)));
    return again.find((after) => after !== null) ?? null;
  }

  private happen(
    { workspaceId, phone, senderId }: Delivery,
    happening: Exclude<Happening, { kind: 'message' }>,
  ): Promise<number | null> {
    const work = { kind: 'run', workspaceId, phone, senderId, at: happening.at, happening } as const;
    return decided(this.inbound, work).then(
      () => null,
      (refusal: unknown) => againAfter(refusal),
    );
  }

  private async tidy(): Promise<void> {
    const now = this.clock.now();
    if (now - this.tidied < TIDY_MS) return;
    this.tidied = now;
    await this.connection.statement((client) => forgetUnreported(client, now));
  }
}

/** The gateway's block list is mirrored: whoever is on it has stopped the sender, in words that never reached us. */
function happeningsOf(
  { runId, seq, outcome, blocked }: Delivery,
  at: number,
): Exclude<Happening, { kind: 'message' }>[] {
  const happenings: Exclude<Happening, { kind: 'message' }>[] = [];
  if (runId !== null && outcome !== null && seq !== null) {
    const told = { effect: 'delivery', outcome, values: {}, message: null } as const;
    happenings.push({ kind: 'answer', runId, seq, ...told, at });
  } else if (runId !== null && outcome === 'failed') {
    happenings.push({ kind: 'delivery', runId, state: 'failed', at });
  }
  if (blocked) happenings.push({ kind: 'consent', do: 'block', words: null, at });
  return happenings;
}
