import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Floods } from '#server/inbound/floods.ts';
import type { SenderEntry } from '#server/runtime/world-cache.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { counting, template } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';
import { textWork } from './support/text-work.ts';

let clock: ManualClock;
let database: TestDatabase;
let source: DataSource;
let workspace: TestWorkspace;
let path: HotPath;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
});
afterEach(() => path?.close());
afterAll(() => database?.close());

async function open(config: Record<string, unknown> = {}): Promise<void> {
  clock = new ManualClock();
  workspace = await createWorkspace(source, {
    flows: [counting('COUNT', 60), template('double-opt-in')],
    lists: { news: 'double' },
    gateway: { kind: 'simulated', config },
  });
  path = await openHotPath(database.url, workspace, clock);
}

const person = phoneOf(1);
const texts = async (): Promise<number> => {
  const [{ n }] = await source.query('select count(*)::int as n from inbound where workspace_id = $1', [
    workspace.id,
  ]);
  return n;
};

describe('a gateway that is known to repeat texts under new ids', () => {
  const say = (id: string, text = 'JOIN', from = person) => path.says(from, text, { gatewayMessageId: id });

  test('gets the answer of the first, within the time its owner set', async () => {
    await open({ repeatSeconds: 30 });
    const first = await say('a');
    clock.advance(29_000);
    expect(await say('b')).toEqual({ ...first, duplicate: true });
    // The repeat's own id is known from then on.
    clock.advance(60_000);
    expect(await say('b')).toEqual({ ...first, duplicate: true });
    expect(await texts()).toBe(1);
    expect(await say('c')).not.toHaveProperty('duplicate');
  });

  test('is heard when somebody else, or something else, is texted', async () => {
    await open({ repeatSeconds: 30 });
    await say('a');
    expect(await say('b', 'JOIN', phoneOf(2))).not.toHaveProperty('duplicate');
    expect(await say('c', 'YES')).not.toHaveProperty('duplicate');
    expect(await texts()).toBe(3);
  });

  test('is always heard when somebody wants to hear no more, also once they came back in between', async () => {
    await open({ repeatSeconds: 30 });
    for (const stop of ['STOP', 'please stop texting me']) {
      await say(`${stop} 1`, stop);
      await say(`${stop} 2`, 'START');
      expect(await say(`${stop} 3`, stop)).not.toHaveProperty('duplicate');
      const standing = await source.query('select state from consents where workspace_id = $1', [
        workspace.id,
      ]);
      expect(standing).toEqual([{ state: 'stopped' }]);
      clock.advance(60_000);
      await say(`${stop} 4`, 'START');
    }
  });

  test('has its repeats told apart when they come at once', async () => {
    await open({ repeatSeconds: 30 });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => say(id)));
    expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
    expect(await texts()).toBe(1);
  });

  test('is the exception: others may hand in the same text twice', async () => {
    await open();
    await say('a');
    expect(await say('b')).not.toHaveProperty('duplicate');
  });
});

describe('a phone that sends the same text over and over', () => {
  const textOf = (at: number) => textWork({ phone: person, text: 'again', at });
  const flood = async (times: number, text = 'again') => {
    const answers = [];
    for (let n = 0; n < times; n++) {
      clock.advance(1_000);
      answers.push(await path.says(person, text));
    }
    return answers;
  };

  test('is no longer answered after twenty times, visibly, until it pauses for a minute', async () => {
    await open();
    await path.says(person, 'COUNT');
    const answers = await flood(25);
    expect(answers.slice(0, 20).every(({ status }) => status === 'decided')).toBe(true);
    expect(answers.slice(20)).toEqual(
      answers.slice(20).map(({ id }) => ({
        accepted: true,
        status: 'set-aside',
        id,
        replies: [],
        reason: expect.stringMatching(/not answered until it pauses/),
      })),
    );
    clock.advance(59_000);
    expect((await flood(1))[0]?.status).toBe('decided');
  });

  test('is answered when it says something else, and others are answered all the time', async () => {
    await open();
    await path.says(person, 'COUNT');
    await flood(22);
    expect(await path.says(person, 'something else')).toMatchObject({ status: 'decided', replies: [{}] });
    expect(await path.says(phoneOf(2), 'COUNT')).toMatchObject({ status: 'decided', replies: [{}] });
  });

  test('is counted once where its texts are decided again with their batch', async () => {
    await open();
    const floods = new Floods();
    const sender = { world: { reserved: new Map() } } as unknown as SenderEntry;
    const flooding = Array.from({ length: 22 }, (_, n) => textOf(1_000 * n));
    const decideAll = (from = 0) => flooding.slice(from).map((work) => floods.isOneTooMany(work, sender));
    const verdicts = flooding.map((_, n) => n >= 20);
    expect(decideAll()).toEqual(verdicts);
    expect(decideAll()).toEqual(verdicts);
    expect(decideAll(7)).toEqual(verdicts.slice(7));
    expect(floods.isOneTooMany(textOf(82_000), sender)).toBe(false);
  });

  test('or another each time, because it names the hour, is answered five hundred times', async () => {
    await open();
    await path.says(person, 'COUNT');
    const said = Array.from({ length: 503 }, (_, n) => `It is ${n} o’clock. We are closed.`);
    const answers = [];
    for (const text of said) {
      clock.advance(1_000);
      answers.push(await path.says(person, text));
    }
    expect(answers.map(({ status }) => status)).toEqual(
      said.map((_, n) => (n < 499 ? 'decided' : 'set-aside')),
    );
    expect(await path.says(phoneOf(2), 'COUNT')).toMatchObject({ status: 'decided' });
    expect(await path.says(person, 'STOP')).toMatchObject({ status: 'decided', replies: [{}] });
    clock.advance(60_000);
    expect(await path.says(person, 'COUNT')).toMatchObject({ status: 'decided' });
  });

  test('is never deaf to STOP', async () => {
    await open();
    const answers = await flood(30, 'STOP');
    expect(answers.every(({ status }) => status === 'decided')).toBe(true);
  });

  test('is not deaf to a STOP in other words, nor to what may be one', async () => {
    await open();
    const standing = async (): Promise<string[]> => {
      const rows: { state: string }[] = await source.query(
        `select state from consents where workspace_id = $1 and scope like 'program:%'`,
        [workspace.id],
      );
      return rows.map(({ state }) => state);
    };
    await path.says(person, 'COUNT');
    for (let n = 0; n < 500; n++) await path.says(person, `It is ${n} o’clock. We are closed.`);
    const words = async () => {
      const [{ n }] = await source.query(
        'select count(*)::int as n from consent_ledger where workspace_id = $1',
        [workspace.id],
      );
      return n;
    };
    for (let n = 0; n < 3; n++)
      expect(await path.says(person, 'Not interested')).toMatchObject({
        status: 'set-aside',
        replies: [],
      });
    expect(await standing()).toEqual(['frozen']);
    // One that somebody has to read is enough of a machine.
    expect(await words()).toBe(1);
    expect(await path.says(person, 'Please stop texting me')).toMatchObject({ status: 'set-aside' });
    expect(await standing()).toEqual(['stopped']);
  });
});
