import { expect, test } from '@jest/globals';
import { NEW_YORK, NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

const HOUR = 3_600_000;

/** Asks in the evening, and gives two hours to answer. */
const evening = {
  schemaVersion: 1,
  name: 'Asks in the evening',
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: ['LATER'], match: 'exact', sender: '*' }],
  nodes: [
    { id: 'rest', kind: 'delay', config: { duration: '10h' } },
    {
      id: 'ask',
      kind: 'question',
      config: {
        text: 'Shall we come tomorrow?',
        answers: [{ id: 'yes', words: ['YES'] }],
        timeout: '2h',
        purpose: 'service',
      },
    },
    { id: 'come', kind: 'message', config: { text: 'We come.', purpose: 'service' } },
    { id: 'missed', kind: 'message', config: { text: 'You did not answer.', purpose: 'service' } },
    { id: 'end', kind: 'end', config: {} },
  ],
  edges: [
    { from: 'rest', port: 'next', to: 'ask' },
    { from: 'ask', port: 'yes', to: 'come' },
    { from: 'ask', port: 'other', to: 'missed' },
    { from: 'ask', port: 'timeout', to: 'missed' },
    { from: 'come', port: 'next', to: 'end' },
    { from: 'missed', port: 'next', to: 'end' },
  ],
  start: 'rest',
};

const stage = stageSending({ at: NOON_IN_NEW_YORK, flows: [evening], clears: ['gateway_troubles'] });

const texts = async (): Promise<string[]> => (await stage.outbound()).map(({ text }) => text);
const wakesAt = async (): Promise<string | undefined> => {
  const [run] = await stage.source.query('select wake_at from runs where workspace_id = $1', [
    stage.workspace.id,
  ]);
  return run?.wake_at?.toISOString();
};

/** Lets time pass, in which what is due happens. */
async function pass(hours: number): Promise<void> {
  stage.clock.advance(hours * HOUR);
  await stage.path.wakes.fireDue();
  await stage.send();
}

/** It is ten in the evening, and the question waits for the morning. */
async function askedByNight(): Promise<void> {
  await stage.path.says(NEW_YORK, 'LATER');
  await pass(10);
  expect(await stage.firstOutbound()).toMatchObject({
    status: 'queued',
    due_at: new Date('2026-03-03T13:00:00Z'),
  });
}

test('nobody is told that they did not answer what waits for the end of quiet hours: they have as long from when it goes out', async () => {
  await askedByNight();
  await pass(2);
  expect(await texts()).toEqual(['Shall we come tomorrow?']);
  expect(await wakesAt()).toBe('2026-03-03T15:00:00.000Z');
  await pass(8);
  await pass(1);
  expect(stage.farEnd.received).toHaveLength(1);
  await stage.path.says(NEW_YORK, 'YES');
  await stage.send();
  expect(await texts()).toEqual(['Shall we come tomorrow?', 'We come.']);
});

test('who was asked in the morning and says nothing is told so when their time is over, once', async () => {
  await askedByNight();
  await pass(2);
  await pass(8);
  await pass(1.99);
  expect(await texts()).toHaveLength(1);
  await pass(0.01);
  await pass(5);
  expect(await texts()).toEqual(['Shall we come tomorrow?', 'You did not answer.']);
  const trail = await stage.source.query('select steps from trail where workspace_id = $1 order by id', [
    stage.workspace.id,
  ]);
  expect(trail.flatMap((row: { steps: object[] }) => row.steps)).toContainEqual({ do: 'unasked' });
});

test('while all sending is stopped, time to answer what was not asked does not pass', async () => {
  const stopped = (is: boolean) =>
    stage.source.query('update workspaces set sending_stopped = $2 where id = $1', [stage.workspace.id, is]);
  stage.clock.set('2026-03-02T12:00:00Z');
  await stage.path.says(NEW_YORK, 'LATER');
  await stopped(true);
  await pass(10);
  await pass(2);
  expect(await texts()).toEqual(['Shall we come tomorrow?']);
  await stopped(false);
  await stage.send();
  await pass(2);
  expect(await texts()).toEqual(['Shall we come tomorrow?', 'You did not answer.']);
});

/** It is three in the afternoon, two were asked, and the first question has gone out at most. */
async function twoAsked(): Promise<void> {
  stage.clock.set('2026-03-02T10:00:00Z');
  for (const phone of [NEW_YORK, '+12125550124']) await stage.path.says(phone, 'LATER');
  await pass(10);
  expect(await texts()).toEqual(['Shall we come tomorrow?', 'Shall we come tomorrow?']);
}

test('behind others at a slow pace, time to answer what was not asked does not pass', async () => {
  await stage.setSender('per_second = 0.0001');
  await twoAsked();
  expect(stage.farEnd.received).toHaveLength(1);
  await pass(2);
  expect((await texts()).slice(2)).toEqual(['You did not answer.']);
});

test('while the gateway is in trouble, time to answer what was not asked does not pass', async () => {
  await stage.source.query(
    `insert into gateway_troubles (gateway_id, since, until, rests, reason) values ($1, $2, $2, 1, 'HTTP 500')`,
    [stage.workspace.gatewayId, new Date('2026-03-02T20:10:00Z')],
  );
  await twoAsked();
  expect(stage.farEnd.received).toEqual([]);
  await pass(2);
  expect(await texts()).toHaveLength(2);
});
