import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { LaneLook } from '#server/outbound/lane-look.ts';
import { stageSending } from './support/sending-stage.ts';

const stage = stageSending();
/** A look that takes so long, in milliseconds, rests nine times as long. */
const LONG_MS = 100;
const GONE = 3_000;

/** Of the clock that nobody sets; a look at all lanes takes `lookMs` by it. */
let at: number;
let lookMs: number;
let comesBack: number[];
let look: LaneLook;

beforeEach(() => {
  at = 1_000_000;
  lookMs = LONG_MS;
  comesBack = [];
  let readings = 0;
  look = new LaneLook(
    () => undefined,
    (milliseconds) => comesBack.push(milliseconds),
    () => {
      // Every other reading comes after a look.
      at += readings++ % 2 === 1 ? lookMs : 0;
      return at;
    },
  );
});

/** In how many lanes a look finds something due. */
async function seen(client: PoolClient): Promise<number> {
  look.forget();
  return (await look.lanes(client, stage.clock.now())).length;
}

async function connected(work: (client: PoolClient) => Promise<void>): Promise<void> {
  const runner = stage.source.createQueryRunner();
  try {
    await work(await runner.connect());
  } finally {
    await runner.release();
  }
}

/** How many rows looks have met in the index of lanes, dead ones too. */
async function met(client: PoolClient): Promise<number> {
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query(
    `select idx_tup_read::int4 as met from pg_stat_user_indexes where relname = 'outbox' and indexrelname like '%lane%'`,
  );
  return rows[0].met;
}

describe('looks at a queue in which much is gone that PostgreSQL still keeps', () => {
  test('step over it once, and not with every look', () =>
    connected(async (client) => {
      const reader = stage.source.createQueryRunner();
      await reader.startTransaction('REPEATABLE READ');
      await reader.query('select from outbox');
      try {
        const id = await stage.queue();
        await stage.source.query(
          `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
           select workspace_id, gen_random_uuid(), contact_id, gateway_id, sender_id, rank, due_at - n * interval '1 second', queued_at
           from outbox, generate_series(1, $1::int) n`,
          [GONE],
        );
        await stage.source.query('delete from outbox where message_id <> $1', [id]);
        expect(await seen(client)).toBe(1);
        const before = await met(client);
        expect(before).toBeGreaterThan(GONE);
        expect(await seen(client)).toBe(1);
        expect((await met(client)) - before).toBeLessThan(10);
      } finally {
        await reader.rollbackTransaction();
        await reader.release();
      }
    }));

  test('find what comes into a lane they know at once, also where nothing stood there meanwhile', () =>
    connected(async (client) => {
      await stage.queue();
      expect(await seen(client)).toBe(1);
      await stage.source.query('delete from outbox');
      expect(await seen(client)).toBe(0);
      await stage.queue();
      expect(await seen(client)).toBe(1);
    }));

  test('find another lane, and what comes long after it was due, as soon as all may be looked at again', () =>
    connected(async (client) => {
      await stage.queue();
      expect(await seen(client)).toBe(1);
      await stage.queue({ purpose: 'reply' });
      expect(await seen(client)).toBe(1);
      // A part of the rest has passed.
      expect(comesBack).toEqual([8 * LONG_MS]);
      at += 9 * LONG_MS;
      expect(await seen(client)).toBe(2);

      await stage.source.query('delete from outbox');
      expect(await seen(client)).toBe(0);
      await stage.queue({ at: stage.clock.now() - 60_000 });
      expect(await seen(client)).toBe(0);
      at += 9 * LONG_MS;
      expect(await seen(client)).toBe(1);
    }));
});

test('a look that is quick is at all lanes every time', () =>
  connected(async (client) => {
    lookMs = 1;
    await stage.queue();
    expect(await seen(client)).toBe(1);
    await stage.queue({ purpose: 'reply' });
    expect(await seen(client)).toBe(2);
    expect(comesBack).toEqual([]);
  }));
