import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Clock } from '#server/common/clock.ts';
import { newId } from '#server/common/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { createWorkspace, publishFlow, type TestWorkspace } from '../../../support/workspace.ts';
import { NODES } from './acts.ts';
import { conversation, reminder, VERSIONS } from './flows.ts';
import { watchHistory } from './history.ts';
import { openNode, type RunsNode } from './node.ts';
import { OtherSystem } from './other-system.ts';

/** How far each node's clock is ahead, in milliseconds: they agree within a second. */
const AHEAD_MS = [0, 700, 300];

/** A node's clock, which may go wrong. */
class NodeClock extends Clock {
  wrongBy = 0;

  constructor(
    private readonly right: Clock,
    private readonly ahead: number,
  ) {
    super();
  }

  now(): number {
    return this.right.now() + this.ahead + this.wrongBy;
  }
}

/** A workspace of one story. */
export interface Stage extends TestWorkspace {
  /** The flow that talks. */
  flowId: string;
  /** Its versions, by their numbers. */
  versions: Map<number, string>;
}

/** Nodes on one database whose every change is written down. */
export class Cluster {
  readonly clock = new ManualClock();
  readonly other = new OtherSystem();
  private database!: TestDatabase;
  private nodes: RunsNode[] = [];
  private clocks: NodeClock[] = [];

  get source(): DataSource {
    return this.database.source;
  }

  async open(): Promise<void> {
    this.database = await createTestDatabase();
    await watchHistory(this.source);
    this.clocks = Array.from({ length: NODES }, (_, n) => new NodeClock(this.clock, AHEAD_MS[n] ?? 0));
    this.nodes = await Promise.all(Array.from({ length: NODES }, (_, n) => this.openNode(n)));
  }

  async close(): Promise<void> {
    this.other.release();
    await Promise.all(this.nodes.map((node) => node.close()));
    await this.database?.close();
  }

  node(n: number): RunsNode {
    const node = this.nodes[n];
    if (!node) throw new Error('There is no such node.');
    return node;
  }

  get all(): readonly RunsNode[] {
    return this.nodes;
  }

  private clockOf(n: number): NodeClock {
    const clock = this.clocks[n];
    if (!clock) throw new Error('There is no such node.');
    return clock;
  }

  /** Lets a node's clock go wrong by so much. */
  setWrong(n: number, milliseconds: number): void {
    this.clockOf(n).wrongBy = milliseconds;
  }

  /** The latest that a clock shows. */
  latest(): number {
    return Math.max(...this.clocks.map((clock) => clock.now()));
  }

  async restart(n: number): Promise<void> {
    // It ends when its requests are answered, those it makes meanwhile too.
    const closed = this.node(n)
      .close()
      .then(() => true);
    while (!(await Promise.race([closed, sleep(5, false)]))) this.other.release();
    this.nodes[n] = await this.openNode(n);
  }

  /** Ends connections: those of a node, or all. */
  async breakConnections(n: number | null): Promise<void> {
    await this.source.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
         and application_name like 'node-' || coalesce($1, '%')`,
      [n === null ? null : String(n)],
    );
  }

  /** A new workspace; nothing of those before is left to do. */
  async newStage(at: string, version: number): Promise<Stage> {
    this.clock.set(at);
    for (const clock of this.clocks) clock.wrongBy = 0;
    this.other.forgetPlans();
    await this.source.query(
      'truncate runs, calls, backlog, outbox, orders, wake_claims, campaigns, run_moves, moved_runs, history',
    );
    const workspace = await createWorkspace(this.source, { country: 'GB', flows: [reminder] });
    const flowId = await publishFlow(this.source, workspace.id, conversation(1));
    const versions = new Map<number, string>();
    for (const number of Object.keys(VERSIONS).map(Number)) {
      const id = newId(1);
      if (number > 1)
        await this.source.query(
          `insert into flow_versions (id, workspace_id, flow_id, number, definition, published_at)
           select $1, workspace_id, flow_id, $2, $3, published_at from flow_versions where flow_id = $4 and number = 1`,
          [id, number, JSON.stringify(conversation(number)), flowId],
        );
    }
    const rows: { id: string; number: number }[] = await this.source.query(
      'select id, number from flow_versions where flow_id = $1',
      [flowId],
    );
    for (const { id, number } of rows) versions.set(number, id);
    await this.source.query('update flows set version_id = $2 where id = $1', [
      flowId,
      versions.get(version),
    ]);
    return { ...workspace, flowId, versions };
  }

  private openNode(n: number): Promise<RunsNode> {
    return openNode(this.database.url, `node-${n}`, this.clockOf(n), (id) => this.other.ask(id));
  }
}
