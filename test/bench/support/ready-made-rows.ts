import { performance } from 'node:perf_hooks';
import pg, { type ClientBase, type QueryConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { SystemClock } from '#server/common/clock.ts';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { KEPT_PLANS, LaneConnection } from '#server/database/lane-connection.ts';
import { BatchDecider } from '#server/inbound/batch.ts';
import type { Work } from '#server/inbound/work.ts';
import { settle } from '#server/outbound/settle.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { Handover } from '#server/runtime/handover.ts';
import { WorldCache } from '#server/runtime/world-cache.ts';
import { claimDue } from '../../support/claim.ts';
import type { TestWorkspace } from '../../support/workspace.ts';
import { phoneOf } from './phones.ts';

/** A statement as it was sent: its parameters are encoded already, and those of the write are one message. */
type Sent = QueryConfig | pg.Query;

/** The statements of one batch's transaction. */
export type ReadyMade = readonly Sent[];

interface Recording {
  workspace: TestWorkspace;
  sender: string;
  texts: readonly string[];
  people: number;
  batchSize: number;
}

/**
 * Has the product decide a conversation of so many people in batches and keeps the SQL it came to. Each person says the first
 * text in one batch and the next text in a later one.
 */
export async function recordBatches(source: DataSource, recording: Recording): Promise<ReadyMade[]> {
  const flows = new FlowCache(source, createLog('warn'));
  const decider = new BatchDecider(
    new WorldCache(source, flows),
    flows,
    new SystemClock(),
    createLog('silent'),
    new Handover(),
  );
  const connection = new LaneConnection(source, KEPT_PLANS);
  const batches: ReadyMade[] = [];
  for (const works of worksOf(recording)) {
    const statements: Sent[] = [];
    await connection.transaction(
      async (client) => {
        const recorder = {
          query: (statement: Sent) => {
            statements.push(statement);
            return statement instanceof pg.Query ? client.query(statement) : client.query(statement);
          },
        };
        await decider.decide(Object.assign(Object.create(client), recorder), works);
      },
      { size: works.length },
    );
    batches.push(statements);
    if (batches.length === 16) await source.query('vacuum analyze');
  }
  await connection.drop();
  return batches;
}

/**
 * Feeds recorded batches to a database on two connections, as the two lanes do, while a third works the outbox off where texts are
 * `sent`. Resolves to the seconds it took.
 */
export async function replayBatches(
  source: DataSource,
  batches: readonly ReadyMade[],
  { sent }: { sent: boolean },
): Promise<number> {
  const began = performance.now();
  let writing = true;
  const outbox = sent ? workOutbox(source, () => writing) : null;
  await Promise.all(
    [0, 1].map((lane) =>
      feed(
        source,
        batches.filter((_, index) => index % 2 === lane),
      ),
    ),
  );
  writing = false;
  await outbox;
  return (performance.now() - began) / 1_000;
}

/** Feeds one batch after the other, each once `turn` lets it, and resolves to the milliseconds that each took. */
export async function feed(
  source: DataSource,
  batches: readonly ReadyMade[],
  turn?: (index: number) => Promise<void>,
): Promise<number[]> {
  const connection = new LaneConnection(source, KEPT_PLANS);
  const spent: number[] = [];
  for (const [index, statements] of batches.entries()) {
    if (turn) await turn(index);
    const began = performance.now();
    await connection.transaction(async (client) => {
      for (const statement of statements) await sendAgain(client, statement);
    });
    spent.push(performance.now() - began);
  }
  await connection.drop();
  return spent;
}

async function sendAgain(client: ClientBase, statement: Sent): Promise<void> {
  if (statement instanceof pg.Query)
    await new Promise<void>((resolve, reject) => {
      const callback = (error?: Error): void => (error ? reject(error) : resolve());
      client.query(Object.assign(statement, { callback }));
    });
  else await client.query(statement);
}

async function workOutbox(source: DataSource, isWriting: () => boolean): Promise<void> {
  const connection = new LaneConnection(source);
  for (;;) {
    const more = isWriting();
    const now = Date.now();
    const texts = await connection.transaction((client) => claimDue(client, now, 500));
    const settled = texts.map((text) => ({
      text,
      status: 'delivered' as const,
      reason: null,
      gatewayMessageId: `sim-${text.id}`,
      reports: false,
      dueAt: now,
      held: false,
      tried: true,
    }));
    await connection.transaction((client) => settle(client, settled, now));
    if (texts.length > 0) continue;
    if (!more) break;
    await new Promise(setImmediate);
  }
  await connection.drop();
}

/** Two batches' worth of people at a time say everything, so that both connections always have work on their own people. */
function* worksOf({ workspace, sender, texts, people, batchSize }: Recording): Generator<Work[]> {
  for (let first = 0; first < people; first += 2 * batchSize) {
    for (const text of texts) {
      for (const lane of [0, 1]) {
        yield Array.from({ length: batchSize }, (_, n) =>
          workOf(workspace, sender, text, first + lane * batchSize + n),
        );
      }
    }
  }
}

function workOf(workspace: TestWorkspace, to: string, text: string, person: number): Work {
  const at = Date.now();
  const phone = phoneOf(person);
  return {
    kind: 'text',
    id: newId(at),
    workspaceId: workspace.id,
    gatewayId: workspace.gatewayId,
    phone,
    reachable: true,
    from: phone,
    to,
    text,
    gatewayMessageId: `bench-${text}-${person}`,
    extra: null,
    at,
    done: () => undefined,
  };
}
