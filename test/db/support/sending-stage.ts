import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { ClaimedText } from '#server/outbound/read-claimed.ts';
import { whileClaimed } from '../../support/claim.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace, type WorkspaceParts } from '../../support/workspace.ts';
import { FarEnd } from './far-end.ts';
import { type HotPath, openHotPath } from './hot-path.ts';
import { type QueuedText, queueText } from './queue-text.ts';

/** Somebody there. */
export const NEW_YORK = '+12125550123';
/** A Monday, and no quiet hours there. */
export const NOON_IN_NEW_YORK = '2026-03-02T17:00:00Z';

export interface SendingParts extends Pick<WorkspaceParts, 'flows' | 'lists' | 'vouchers'> {
  /** When each test begins; a moment of the clock's own where left out. */
  at?: string;
  /** Of the gateway, beside where it sends to. */
  gateway?: object;
  /** Tables that are emptied after each test, besides the outbox. */
  clears?: readonly string[];
}

/** A text on its way out. `attempts` and `due_at` are of its place in the queue; null once it has none. */
interface OutboundRow {
  text: string;
  status: string;
  reason: string | null;
  gateway_message_id: string | null;
  attempts: number | null;
  due_at: Date | null;
}

/** A workspace whose texts go to a far end of the test's own. All of it but the database is new for each test. */
export class SendingStage {
  database!: TestDatabase;
  clock!: ManualClock;
  farEnd!: FarEnd;
  workspace!: TestWorkspace;
  path!: HotPath;

  get source(): DataSource {
    return this.database.source;
  }

  /** Another node of the same workspace, which the test closes; `sends` whenever something was decided, `url`: its way to the database. */
  openNode({ sends = false, url = this.database.url } = {}): Promise<HotPath> {
    return openHotPath(url, this.workspace, this.clock, null, sends);
  }

  /** The node dies, or is ended, and another takes its place. */
  async restart(): Promise<void> {
    await this.path.close();
    this.path = await this.openNode();
  }

  /** Changes the sender: `most_a_day = $2`, with what the further numbers stand for. */
  setSender(set: string, values: readonly unknown[] = []): Promise<unknown> {
    return this.source.query(`update senders set ${set} where id = $1`, [this.workspace.senderId, ...values]);
  }

  /** What has become of a text, and when it is due where it still waits. */
  async fateOf(id: string): Promise<{ status: string; reason: string | null; due: string | null }> {
    const [row] = await this.source.query(
      `select m.status, m.reason, o.due_at from outbound m
       left join outbox o on o.workspace_id = m.workspace_id and o.message_id = m.id
       where m.workspace_id = $1 and m.id = $2`,
      [this.workspace.id, id],
    );
    return { status: row.status, reason: row.reason, due: row.due_at?.toISOString() ?? null };
  }

  /** Queues a text as a decision would, marketing to New York unless it says otherwise; returns its id. */
  queue(more: Partial<QueuedText> = {}): Promise<string> {
    const usual = { to: NEW_YORK, text: 'Text', purpose: 'marketing', at: this.clock.now() } as const;
    return queueText(this.source, this.workspace, { ...usual, ...more });
  }

  /** Does what a sender does with all that it has claimed. */
  whileClaimed<Result>(
    work: (texts: ClaimedText[], client: PoolClient) => Promise<Result> | Result,
  ): Promise<Result> {
    return whileClaimed(this.source, this.clock.now(), work);
  }

  /** All texts of the workspace, in their order. */
  outbound(): Promise<OutboundRow[]> {
    return this.source.query(
      `select m.text, m.status, m.reason, m.gateway_message_id, o.attempts, o.due_at from outbound m
       left join outbox o on o.workspace_id = m.workspace_id and o.message_id = m.id
       where m.workspace_id = $1 order by m.id`,
      [this.workspace.id],
    );
  }

  async firstOutbound(): Promise<OutboundRow> {
    const [row] = await this.outbound();
    if (!row) throw new Error('Nothing was queued.');
    return row;
  }

  /** Sends whatever is due. */
  async send(): Promise<void> {
    while ((await this.path.outbox.sendDue()) > 0);
  }
}

/** Makes a stage before each test of the file, and takes it away after. */
export function stageSending({ at, gateway = {}, clears = [], ...parts }: SendingParts = {}): SendingStage {
  const stage = new SendingStage();
  beforeAll(async () => {
    stage.database = await createTestDatabase();
  });
  afterAll(() => stage.database?.close());
  beforeEach(async () => {
    stage.clock = new ManualClock(at);
    stage.farEnd = await FarEnd.open();
    stage.workspace = await createWorkspace(stage.source, {
      ...parts,
      gateway: { kind: 'http', config: { sendUrl: stage.farEnd.url, ...gateway } },
    });
    stage.path = await stage.openNode();
  });
  afterEach(async () => {
    await stage.path.close();
    await stage.farEnd.close();
    await stage.source.query(`truncate ${['outbox', ...clears].join(', ')}`);
  });
  return stage;
}
