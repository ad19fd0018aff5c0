import { Injectable } from '@nestjs/common';
import type { Actor } from '../runtime/scene.ts';
import { ConsentOrders, type Doing } from './consent-orders.ts';
import { type StoppedAt, StopListRepository } from './stop-list.repository.ts';

/** Numbers looked at and stopped at once. */
const AT_ONCE = 200;

/** What a list of numbers has done. */
export interface StopListReport {
  stopped: number;
  already: number;
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
    const report = { stopped: 0, already: 0 };
    for (const some of inTurns(phones))
      for (const sender of senders) await this.stop(sender, some, { do: 'block' }, { actor, report });
    return report;
  }

  /** Numbers that were given up and may be somebody else's soon: whoever has one here is stopped with every program. */
  async givenUp(phones: readonly string[], actor: Actor): Promise<StopListReport> {
    const report = { stopped: 0, already: 0 };
    for (const some of inTurns(phones))
      for (const { phones: known, ...sender } of await this.list.knownTo(some))
        await this.stop(sender, known, { do: 'revoke', confirm: false }, { actor, report });
    return report;
  }

  private async stop(
    sender: StoppedAt,
    phones: readonly string[],
    doing: Doing,
    { actor, report }: { actor: Actor; report: StopListReport },
  ): Promise<void> {
    const already = await this.list.stopped(sender, phones);
    const due = phones.filter((phone) => !already.has(phone));
    await Promise.all(due.map((phone) => this.orders.place({ ...sender, phone }, doing, { actor })));
    report.stopped += due.length;
    report.already += already.size;
  }
}

function* inTurns(phones: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < phones.length; at += AT_ONCE) yield phones.slice(at, at + AT_ONCE);
}
