import { newId } from '#server/common/ids.ts';
import { type HotPath, openHotPath } from '../hot-path.ts';
import type { SendingStage } from '../sending-stage.ts';
import type { OutboundText } from '#server/gateways/gateway.ts';
import { httpGateway } from '#server/gateways/http/http.gateway.ts';
import { ClockAhead } from '../../../support/clock-ahead.ts';
import { until } from '../../../support/until.ts';
import { SENDER } from '../../../support/phone-stage.ts';
import type { Queued } from './judge.ts';

/** How far each node's clock is ahead, in milliseconds: they agree within a second. */
const AHEAD_MS = [0, 700];

interface Sender {
  id: string;
  gatewayId: string;
  address: string;
}

/** Nodes on one database that send what they decide, and look by themselves for what is due. */
export class Cluster {
  private nodes: HotPath[] = [];
  private senders: Sender[] = [];
  /** Hears of each text that a node hands to its gateway. */
  onSend: (text: OutboundText) => void = () => undefined;
  private readonly send = httpGateway.send;

  constructor(readonly stage: SendingStage) {}

  async open(): Promise<void> {
    httpGateway.send = (text, account, signal) => {
      this.onSend(text);
      return this.send(text, account, signal);
    };
    const { gatewayId, senderId } = this.stage.workspace;
    this.senders = [{ id: senderId, gatewayId, address: SENDER.address }, await this.addSender('67890')];
    this.nodes = await Promise.all(AHEAD_MS.map((ahead) => this.openNode(ahead)));
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.close()));
    httpGateway.send = this.send;
  }

  get now(): number {
    return this.stage.clock.now();
  }

  node(n: number): HotPath {
    return found(this.nodes[n]);
  }

  sender(n: number): Sender {
    return found(this.senders[n]);
  }

  async restart(n: number): Promise<void> {
    await this.node(n).close();
    this.nodes[n] = await this.openNode(AHEAD_MS[n] ?? 0);
  }

  async breakConnections(): Promise<void> {
    await this.stage.source.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  }

  async stopSending(stopped: boolean): Promise<void> {
    const { id } = this.stage.workspace;
    await this.stage.source.query('update workspaces set sending_stopped = $2 where id = $1', [id, stopped]);
  }

  async limit(perSecond: number | null, operators: readonly object[]): Promise<void> {
    const { id } = this.stage.workspace;
    await this.stage.source.query(
      'update senders set per_second = $2, operators = $3 where workspace_id = $1',
      [id, perSecond, JSON.stringify(operators)],
    );
  }

  /** Resolves when nodes know all that the database was asked before, and have done what comes of it. */
  async settled(): Promise<void> {
    // What is put back goes between the last question and the sending.
    for (let times = 0; times < 2; times++) {
      const asked = await this.underWay();
      await until(async () => [...(await this.underWay())].every((one) => !asked.has(one)));
      await new Promise(setImmediate);
    }
  }

  /** The statements of nodes. */
  private async underWay(): Promise<Set<string>> {
    const rows: { one: string }[] = await this.stage.source.query(
      `select pid || ' ' || query_start as one from pg_stat_activity
       where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`,
    );
    return new Set(rows.map(({ one }) => one));
  }

  /** How many texts wait. */
  waiting(): Promise<number> {
    return this.count('true');
  }

  /** How many are claimed, or handed over. */
  leased(): Promise<number> {
    return this.count(`leased_until > $1::timestamptz + interval '1 second'`);
  }

  /** How many might go now. */
  due(): Promise<number> {
    return this.count(`due_at <= $1 and leased_until <= $1
      and not exists (select from gateway_troubles t where t.gateway_id = o.gateway_id and t.until > $1)
      and not exists (select from outbox e where e.contact_id = o.contact_id and e.message_id < o.message_id)`);
  }

  /** What was queued for these people. */
  queued(phones: readonly string[]): Promise<(Queued & { phone: string })[]> {
    return this.stage.source.query(
      `select m.id, coalesce(m.cause_id::text, m.text) as cause, m.status, c.phone from outbound m
       join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id where c.phone = any($1)`,
      [phones],
    );
  }

  private async count(which: string): Promise<number> {
    const [{ count }] = await this.stage.source.query(
      `select count(*)::int as count from outbox o where $1::timestamptz is not null and ${which}`,
      [new Date(this.now)],
    );
    return count;
  }

  private async openNode(ahead: number): Promise<HotPath> {
    const { database, workspace, clock } = this.stage;
    const node = await openHotPath(database.url, workspace, new ClockAhead(clock, ahead), null, true);
    node.outbox.onApplicationBootstrap();
    return node;
  }

  /** One more sender of the program, on a gateway of its own. */
  private async addSender(address: string): Promise<Sender> {
    const [id, gatewayId] = [newId(1), newId(1)];
    const { source, workspace } = this.stage;
    await source.query(
      `insert into gateways (id, workspace_id, name, kind, key, config, created_at)
       select $2, workspace_id, 'Another', kind, $3, config, created_at from gateways where id = $1`,
      [workspace.gatewayId, gatewayId, `key-${gatewayId}`],
    );
    await source.query(
      `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
       select $2, workspace_id, $3, program_id, $4, kind, country, destinations, created_at from senders where id = $1`,
      [workspace.senderId, id, gatewayId, address],
    );
    return { id, gatewayId, address };
  }
}

function found<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error('There is no such one.');
  return item;
}
