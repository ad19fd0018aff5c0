import { Injectable } from '@nestjs/common';
import { inTurns } from '../common/in-turns.ts';
import type { Actor } from '../runtime/scene.ts';
import { ConsentOrders, type Doing } from './consent-orders.ts';
import { type StoppedAt, StopListRepository } from './stop-list.repository.ts';

/** Numbers looked at and stopped at once. */
const AT_ONCE = 200;

/** What a list of numbers has done, in people: one may stop with several programs. */
export interface StopListReport {
  stopped: number;
  already: number;
}

interface Tally {
  stopped: Set<string>;
  already: Set<string>;
}

/** Stops people whose numbers somebody else names: a carrier's list of opt-outs, or of numbers that were given up. Nobody is told. */
@Injectable()
export class StopList {
  constructor(
    private readonly list: StopListRepository,
    private readonly orders: ConsentOrders,
  ) {}

  /** Those whom the carrier blocks for a sender, known or not: they come back by START, as the carrier unblocks them by it. */
  async blocked(address: string, phones: readonly string[], actor: Actor): Promise<StopListReport> {
    const senders = await this.list.sendersAt(address);
    if (senders.length === 0) throw new Error(`There is no sender ${address}.`);
    const tally: Tally = { stopped: new Set(), already: new Set() };
    for (const some of inTurns(phones, AT_ONCE))
      for (const sender of senders) await this.stop(sender, some, { do: 'block' }, { actor, tally });
    return reportOf(tally);
  }

  /** Numbers that were given up and may be somebody else's soon: whoever has one here is stopped with every program. */
  async givenUp(phones: readonly string[], actor: Actor): Promise<StopListReport> {
    const tally: Tally = { stopped: new Set(), already: new Set() };
    for (const some of inTurns(phones, AT_ONCE))
      for (const { phones: known, ...sender } of await this.list.knownTo(some))
        await this.stop(sender, known, { do: 'give-up' }, { actor, tally });
    return reportOf(tally);
  }

  private async stop(
    sender: StoppedAt,
    phones: readonly string[],
    doing: Doing,
    { actor, tally }: { actor: Actor; tally: Tally },
  ): Promise<void> {
    const already = await this.list.stopped(sender, phones);
    const due = phones.filter((phone) => !already.has(phone));
    // Whoever gave a number up after their STOP is forgotten there as well: its next owner's START gives nothing of theirs back.
    const placed = doing.do === 'give-up' ? phones : due;
    await Promise.all(placed.map((phone) => this.orders.place({ ...sender, phone }, doing, { actor })));
    for (const phone of due) tally.stopped.add(phone);
    for (const phone of already) tally.already.add(phone);
  }
}

const reportOf = ({ stopped, already }: Tally): StopListReport => ({
  stopped: stopped.size,
  already: [...already].filter((phone) => !stopped.has(phone)).length,
});
