import { describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { createLog } from '#server/common/log.ts';
import { LaneConnection } from '#server/database/lane-connection.ts';
import { Allowances } from '#server/outbound/allowances.ts';
import { claim, type Leased } from '#server/outbound/claim.ts';
import { type Cleared, Clearance } from '#server/outbound/clearance.ts';
import { allLanes } from '#server/outbound/lanes.ts';
import { type ClaimedText, readClaimed } from '#server/outbound/read-claimed.ts';
import { NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

const stage = stageSending({ at: NOON_IN_NEW_YORK, clears: ['outbound', 'sent_days'] });
const WHILE_MS = 20_000;

const withdrawing = {
  'the switch that stops all sending': 'update workspaces set sending_stopped = true',
  'somebody who has to read a text first': `update outbox set held = true, due_at = '9999-12-31'`,
  'another who puts it off': `update outbox set due_at = due_at + interval '1 hour'`,
} as const;

/** What there is to know of the queue. */
const queue = async (): Promise<{ attempts: number; free: boolean }[]> =>
  stage.source.query('select attempts, leased_until <= $1 as free from outbox', [
    new Date(stage.clock.now()),
  ]);

/** Claims the only text and clears it; `meanwhile` happens after the claim, `asking` while the rules are asked. */
async function cleared({
  meanwhile = async (): Promise<unknown> => undefined,
  asking = async (): Promise<unknown> => undefined,
  isHanded = false,
} = {}): Promise<Cleared & { unused: ClaimedText[] }> {
  const allowances = new Slow(asking);
  const clearance = new Clearance(allowances, stage.clock, null);
  const runner = stage.source.createQueryRunner();
  try {
    const client: PoolClient = await runner.connect();
    const { due: lanes } = await allLanes(client, stage.clock.now());
    const wanted = lanes.map((lane) => ({ lane, most: 10 }));
    let leased: Leased[] = await claim(client, stage.clock.now(), wanted);
    // What is handed over was never claimed, and is known.
    if (isHanded)
      leased = (await readClaimed(client, leased, stage.clock.now())).map((one) => ({ ...one, place: null }));
    await meanwhile();
    const all = await clearance.of(client, leased, stage.clock.now());
    return { ...all, unused: allowances.gone };
  } finally {
    await runner.release();
  }
}

/** Asks at length, and hears what was not used. */
class Slow extends Allowances {
  readonly gone: ClaimedText[] = [];
  asked = async (): Promise<unknown> => undefined;

  constructor(private readonly asking: () => Promise<unknown>) {
    super(createLog('silent'));
  }

  override async take(...asked: Parameters<Allowances['take']>): ReturnType<Allowances['take']> {
    await this.asking();
    const rulings = await super.take(...asked);
    await this.asked();
    return rulings;
  }

  override unused(text: ClaimedText): void {
    this.gone.push(text);
    super.unused(text);
  }
}

const queued = (): Promise<string> => stage.queue({ purpose: 'reply', prompted: true });

describe.each(Object.entries(withdrawing))('a text that is withdrawn by %s', (_, withdraw) => {
  const act = (): Promise<unknown> => stage.source.query(withdraw);

  test.each([
    ['after it was claimed', { meanwhile: act }],
    ['while rules are asked', { asking: act }],
    ['after it was handed over', { meanwhile: act, isHanded: true }],
  ])('%s, goes back at once', async (_, happens) => {
    await queued();
    const { going, kept } = await cleared(happens);
    expect([going.length, kept.size]).toEqual([0, 0]);
    expect(await queue()).toEqual([{ attempts: 0, free: true }]);
    await stage.source.query('update workspaces set sending_stopped = false');
  });
});

test('what goes after all is not given back to its sender’s day, what is withdrawn is', async () => {
  await queued();
  expect((await cleared()).unused).toEqual([]);
  stage.clock.advance(61_000);
  const asking = () => stage.source.query('delete from outbox');
  expect((await cleared({ asking })).unused).toHaveLength(1);
});

test('nothing is taken from a sender’s day where the database ends before it goes', async () => {
  await stage.setSender('most_a_day = 5');
  await queued();
  const allowances = new Slow(async () => undefined);
  const clearance = new Clearance(allowances, stage.clock, null);
  const connection = new LaneConnection(stage.source);
  const clearing = connection.statement(async (client) => {
    const now = stage.clock.now();
    const wanted = (await allLanes(client, now)).due.map((lane) => ({ lane, most: 10 }));
    const { rows } = await client.query('select pg_backend_pid() as pid');
    allowances.asked = () => stage.source.query('select pg_terminate_backend($1)', [rows[0].pid]);
    return await clearance.of(client, await claim(client, now, wanted), now);
  });
  await expect(clearing).rejects.toThrow();
  await connection.statement((client) => allowances.giveBack(client));
  await connection.drop();
  expect(await stage.source.query('select texts from sent_days')).toEqual([{ texts: 0 }]);
});

test('what another has claimed since stays with them', async () => {
  await queued();
  const leasedElsewhere = 'update outbox set attempts = attempts + 1';
  const meanwhile = (): Promise<unknown> => stage.source.query(leasedElsewhere);
  expect((await cleared({ meanwhile, isHanded: true })).going).toEqual([]);
  expect(await queue()).toEqual([{ attempts: 2, free: false }]);
});

test('what could be claimed by others while it is sent waits for another turn', async () => {
  const id = await queued();
  const meanwhile = async (): Promise<void> => stage.clock.advance(WHILE_MS);
  const { going, kept } = await cleared({ meanwhile });
  expect(going).toEqual([]);
  expect([...kept].map(([text, ruling]) => [text.id, ruling])).toEqual([
    [id, expect.objectContaining({ status: 'queued', until: stage.clock.now(), inOrder: true })],
  ]);
});

test('what a sender’s pace granted and nobody used is there for others', async () => {
  await stage.setSender('per_second = 1');
  await queued();
  const used = `insert into paces (workspace_id, key, used_until) select $1, 'sender:' || $2, $3
    on conflict (workspace_id, key) do update set used_until = excluded.used_until`;
  const { id, senderId } = stage.workspace;
  await stage.source.query(used, [id, senderId, new Date(stage.clock.now())]);
  await cleared({ meanwhile: () => stage.source.query('delete from outbox') });
  const [pace] = await stage.source.query('select used_until from paces where key = $1', [
    `sender:${senderId}`,
  ]);
  expect(pace.used_until).toEqual(new Date(stage.clock.now() - 1_000));
});

test.each([
  ['claimed', false],
  ['handed over', true],
] as const)(
  'a text that was %s, put back and claimed by another stays with the other',
  async (_, isHanded) => {
    await queued();
    const claimAgain = `update outbox set leased_until = leased_until + interval '1 second'`;
    const { going, kept } = await cleared({ isHanded, meanwhile: () => stage.source.query(claimAgain) });
    expect([going.length, kept.size]).toEqual([0, 0]);
    expect(await queue()).toEqual([{ attempts: 1, free: false }]);
  },
);
