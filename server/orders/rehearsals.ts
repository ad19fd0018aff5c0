import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decide } from '#flows/engine/decide.ts';
import type { Purpose, TransactionAnswer, TransactionRequest } from '#flows/engine/effects.ts';
import { SAMPLE_CODE } from '#flows/engine/vouchers.ts';
import type { Happening, StartOrder, TextOrder } from '#flows/engine/world.ts';
import { assertNever } from '#shared/assert-never.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { EXAMPLE_LINK_CODE } from '../common/link-code.ts';
import { clientTransaction } from '../database/client-transaction.ts';
import { loadContact } from '../inbound/contact-state.ts';
import { type ContactRow, readFacts } from '../runtime/read-facts.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { type OrderFate, orderFate } from '../inbound/order-rows.ts';
import { windows } from '../runtime/settling/windows.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';

/** What an order would come to if it were decided now. */
export interface Rehearsed {
  fate: OrderFate;
  /** The texts until the person has to reply, each with the step it is of and what it is for, and their segments in all. */
  texts: { text: string; node: string | null; purpose: Purpose }[];
  segments: number;
}

/** Decides orders as they would be decided, and writes nothing. */
@Injectable()
export class Rehearsals {
  constructor(
    private readonly database: DataSource,
    private readonly flows: FlowCache,
    private readonly clock: Clock,
  ) {}

  /** What would become of an order for each of these contacts; those we do not know are strangers. */
  async rehearse(
    world: WorkspaceWorld,
    sender: SenderEntry,
    people: readonly ContactRow[],
    orderOf: (person: ContactRow) => StartOrder | TextOrder,
  ): Promise<Rehearsed[]> {
    const facts = await clientTransaction(this.database, (client) =>
      readFacts(client, people, { arms: world.hasExperiments }),
    );
    const versions = new Set([...facts.runs.values()].flat().map((run) => run.version_id));
    const flows = await this.flows.load(versions);
    return people.map((row) => {
      const { state } = loadContact(row, facts, sender, world, flows);
      const order = orderOf(row);
      const driving = decide(order, state, sender.world, {
        newId: () => newId(order.at),
        newCode: () => EXAMPLE_LINK_CODE,
      });
      let turn = driving.next();
      while (!turn.done) turn = driving.next(this.answer(turn.value, world, row, order));
      const sends = turn.value.effects.filter((effect) => effect.kind === 'send');
      return {
        fate: orderFate(turn.value),
        texts: sends.map(({ text, node, purpose }) => ({ text, node, purpose })),
        segments: sends.reduce((sum, { segments }) => sum + segments, 0),
      };
    });
  }

  /** What the shell would say: clocks tell the truth, contests are open, vouchers are left. */
  private answer(
    request: TransactionRequest,
    world: WorkspaceWorld,
    { id, phone, fields }: ContactRow,
    { at }: Pick<Happening, 'at'>,
  ): TransactionAnswer {
    switch (request.kind) {
      case 'enter-contest':
        return { outcome: 'entered' };
      case 'claim-voucher':
        return { outcome: 'given', value: SAMPLE_CODE };
      case 'window': {
        const [said] = windows([{ request, world, contactId: id, phone, fields, at }]);
        return said ?? { outcome: 'closed' };
      }
      default:
        return assertNever(request);
    }
  }

  /** Somebody whose number we know and nothing else. */
  stranger(workspaceId: string, phone: string): ContactRow {
    const id = newId(this.clock.now());
    return { workspace_id: workspaceId, id, phone, known: false, language: null, fields: {}, tags: [] };
  }
}
