import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PublishedFlow, StartOrder, TextOrder } from '#flows/engine/world.ts';
import type { OrderResult, RehearseText, SendText, StartFlow, TextRehearsal } from '#shared/api/orders.ts';
import { segmentCount } from '#shared/sms/segments.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Problem } from '../common/problem.ts';
import { readPhone } from '../common/read-phone.ts';
import { liveVersion } from '../flows/live-version.ts';
import type { ContactRow } from '../runtime/read-facts.ts';
import { decided } from '../inbound/decided.ts';
import { InboundService, versionUnopened } from '../inbound/inbound.service.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { type SenderEntry, WorldCache, type WorkspaceWorld } from '../runtime/world-cache.ts';
import { orderPrint } from './order-print.ts';
import { orderSender } from './order-sender.ts';
import { type OrderRow, OrdersRepository } from './orders.repository.ts';
import { Rehearsals } from './rehearsals.ts';

/** One order on its way: whom it concerns and what has to happen. */
interface Placing {
  sender: SenderEntry;
  phone: string;
  /** What was asked for, to know the same order again. */
  asked: unknown;
  happening: (id: string, at: number) => StartOrder | TextOrder;
}

/** Orders of people and programs: begin a flow with somebody, send somebody a text. Decided like everything else of that person. */
@Injectable()
export class Orders {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly worlds: WorldCache,
    private readonly flows: FlowCache,
    private readonly rehearsals: Rehearsals,
    private readonly inbound: InboundService,
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async start(me: Who, flowId: string, body: StartFlow, key: string | null): Promise<OrderResult> {
    const { sender: wanted, idempotencyKey: _, ...order } = body;
    const asked = ['start', flowId, wanted, order];
    const known = await this.decided(me, key, asked);
    if (known) return known;
    const flow = await this.liveFlow(me.workspaceId, flowId);
    const sender = orderSender(await this.worlds.current(me.workspaceId), wanted, flow);
    const { fields, answers, anew } = order;
    return this.place(me, key, {
      sender,
      phone: readPhone(order.phone, sender.country),
      asked,
      happening: (id, at) => ({ kind: 'start', flow, id, fields, answers, anew, at }),
    });
  }

  async send(me: Who, body: SendText, key: string | null): Promise<OrderResult> {
    const { idempotencyKey: _, ...order } = body;
    const asked = ['text', order];
    const known = await this.decided(me, key, asked);
    if (known) return known;
    const { sender } = await this.textSender(me, order);
    const list = knownList(sender, order.list);
    return this.place(me, key, {
      sender,
      phone: readPhone(order.phone, sender.country),
      asked,
      happening: (_, at) => ({ kind: 'text', text: order.text, purpose: order.purpose, list, at }),
    });
  }

  /** What would become of a text, without sending it. */
  async rehearseText(me: Who, order: RehearseText): Promise<TextRehearsal> {
    const { world, sender } = await this.textSender(me, order);
    const list = knownList(sender, order.list);
    const phone = readPhone(order.phone, sender.country);
    const at = this.clock.now();
    const { text, purpose } = order;
    const person =
      (await this.contact(me.workspaceId, phone)) ?? this.rehearsals.stranger(me.workspaceId, phone);
    const happening: TextOrder = { kind: 'text', text, purpose, list, at };
    const [rehearsed] = await this.rehearsals.rehearse(world, sender, [person], () => happening);
    const { outcome, reason } = rehearsed?.fate ?? { outcome: 'failed', reason: null };
    return { outcome, reason, segments: segmentCount(text) };
  }

  /** What came of the same order before, whatever has become of its flow, sender and list since; null where nothing has yet. */
  private async decided(me: Who, key: string | null, asked: unknown): Promise<OrderResult | null> {
    const known = key === null ? null : await this.orders.findByKey(me.workspaceId, key);
    return known && known.outcome !== null && known.print?.equals(orderPrint(asked))
      ? told(known, true)
      : null;
  }

  private async place(
    me: Who,
    key: string | null,
    { sender, phone, asked, happening }: Placing,
  ): Promise<OrderResult> {
    const { workspaceId } = me;
    const at = this.clock.now();
    const print = orderPrint(asked);
    let id = newId(at);
    const fresh = await this.orders.add({ workspaceId, id, key, print, phone, dueAt: new Date(at) });
    if (!fresh) {
      const known = key === null ? null : await this.orders.findByKey(workspaceId, key);
      if (!known?.print?.equals(print)) throw keyReused();
      if (known.outcome !== null) return told(known, true);
      // It was noted down and then given up on, or it is being decided right now: whoever comes second finds it decided.
      ({ id } = known);
    }
    await decided(this.inbound, {
      kind: 'run',
      workspaceId,
      phone,
      senderId: sender.id,
      at,
      happening: happening(id, at),
      orderId: id,
    }).catch(async (error: unknown) => {
      // Nobody comes back for one without a key: whoever tries again places another.
      if (key === null) await this.orders.withdraw(workspaceId, id).catch(() => undefined);
      throw error;
    });
    const row = await this.orders.find(workspaceId, id);
    if (!row) throw new Error('An order has vanished.');
    return told(row, !fresh);
  }

  private async liveFlow(workspaceId: string, flowId: string): Promise<PublishedFlow> {
    const versionId = await liveVersion(this.database, workspaceId, flowId);
    const flow = (await this.flows.load([versionId])).get(versionId);
    if (!flow) throw versionUnopened();
    return flow;
  }

  private async textSender(
    me: Who,
    { sender }: Pick<SendText, 'sender'>,
  ): Promise<{ world: WorkspaceWorld; sender: SenderEntry }> {
    const world = await this.worlds.current(me.workspaceId);
    return { world, sender: orderSender(world, sender) };
  }

  private async contact(workspaceId: string, phone: string): Promise<ContactRow | null> {
    const [row]: ContactRow[] = await this.database.query(
      `select workspace_id, id, phone, true as known, language, fields, tags from contacts
       where workspace_id = $1 and phone = $2`,
      [workspaceId, phone],
    );
    return row ?? null;
  }
}

function told(row: OrderRow, duplicate: boolean): OrderResult {
  const { id, outcome, reason } = row;
  if (outcome === null) {
    throw Problem.conflict(
      'order.sender-removed',
      'The sender was removed before the order could be decided.',
    );
  }
  const messageId = outcome === 'sent' ? (row.message_id ?? id) : null;
  return { id, outcome, reason, contactId: row.contact_id, runId: row.run_id, messageId, duplicate };
}

function knownList({ world }: SenderEntry, list: string | undefined): string | null {
  if (list === undefined || world.lists.has(list)) return list ?? null;
  throw Problem.unprocessable('list.not-found', 'There is no such list.', { place: 'list' });
}

const keyReused = (): Problem =>
  Problem.conflict(
    'order.key-reused',
    'This idempotency key came with another order before. Make a new key for a new order.',
    { place: 'idempotencyKey' },
  );
