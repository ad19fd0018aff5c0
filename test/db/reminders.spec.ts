import { describe, expect, test } from '@jest/globals';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { read } from '../prove/draw.ts';
import { stageTexting } from './support/texting-stage.ts';

const HOUR = 3_600_000;
const ANN = '+447700900801';
/** In Berlin, where the clocks change at two and at three in the night. */
const BEA = '+4915155500801';

/** Reminds every day at some hour, on the person's own clock, until somebody tells that it is done. */
const reminding = (word: string, from: string, to: string) => ({
  schemaVersion: 1,
  name: `Reminds ${word}`,
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: [word], match: 'exact', sender: '*' }],
  nodes: [
    {
      id: 'nine',
      kind: 'window',
      config: { hours: [{ days: [0, 1, 2, 3, 4, 5, 6], from, to }], zone: 'contact', wait: true },
    },
    { id: 'remind', kind: 'message', config: { text: 'Water the plants.', purpose: 'service' } },
    { id: 'until', kind: 'wait-event', config: { event: 'watered', timeout: '12h' } },
    { id: 'end', kind: 'end', config: {} },
  ],
  edges: [
    { from: 'nine', port: 'open', to: 'remind' },
    { from: 'remind', port: 'next', to: 'until' },
    { from: 'until', port: 'happened', to: 'end' },
    { from: 'until', port: 'timeout', to: 'nine' },
  ],
  start: 'nine',
});
const reminder = reminding('REMIND', '09:00', '10:00');

const stage = stageTexting(
  () => ({ flows: [reminder, reminding('NIGHT', '02:30', '02:45')], country: 'GB' }),
  { at: '2026-03-26T18:00:00Z' },
);

/** When texts went out, as ISO moments. */
const sent = async (): Promise<string[]> =>
  (
    await stage.source.query('select created_at from outbound where workspace_id = $1 order by id', [
      stage.workspace.id,
    ])
  ).map(({ created_at: at }: { created_at: Date }) => at.toISOString());
/** Tells that it is done, as a program does; how many conversations had waited for it. */
const watered = () =>
  new Promise((resolve) =>
    stage.path.inbound.accept({
      kind: 'run',
      workspaceId: stage.workspace.id,
      phone: ANN,
      senderId: stage.workspace.senderId,
      at: stage.clock.now(),
      happening: { kind: 'event', name: 'watered', key: null, value: null, at: stage.clock.now() },
      done: (result) => resolve('stored' in result ? result.moved : result.error),
    }),
  );
/** Lets the clock run, looking twice an hour. */
async function pass(hours: number): Promise<void> {
  for (let n = 0; n < hours * 2; n++) {
    stage.clock.advance(HOUR / 2);
    await stage.path.wakes.fireDue();
  }
}

describe('a reminder that comes again and again', () => {
  test('is drawn with what there is, and proved: it waits each time it goes round', () => {
    const { findings } = prove(read(reminder), proofWorld({ country: 'GB', lists: {} }));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('comes at nine on the wall, before and after daylight saving begins, until it is done', async () => {
    await stage.path.says(ANN, 'REMIND');
    await pass(5 * 24);
    expect(await sent()).toEqual([
      '2026-03-27T09:00:00.000Z',
      '2026-03-28T09:00:00.000Z',
      // The clocks went forward at one in the night.
      '2026-03-29T08:00:00.000Z',
      '2026-03-30T08:00:00.000Z',
      '2026-03-31T08:00:00.000Z',
    ]);
    expect(await watered()).toBe(1);
    await pass(48);
    expect(await sent()).toHaveLength(5);
  });

  test('at half past two comes once a day where an hour is skipped, and where one comes twice', async () => {
    await stage.path.says(BEA, 'NIGHT');
    await pass(4 * 24);
    expect(await sent()).toEqual([
      '2026-03-27T01:30:00.000Z',
      '2026-03-28T01:30:00.000Z',
      // On the 29th there is no half past two.
      '2026-03-30T00:30:00.000Z',
    ]);
    stage.clock.set('2026-10-23T18:00:00Z');
    await pass(4 * 24);
    expect((await sent()).slice(3)).toEqual([
      '2026-10-24T00:30:00.000Z',
      // On the 25th there are two, an hour apart.
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
      '2026-10-27T01:30:00.000Z',
    ]);
  });

  test('comes once where the clock jumped over days, and goes on from there', async () => {
    await stage.path.says(ANN, 'REMIND');
    // To an evening: nine o'clock has passed, so it waits for the next; then to a morning.
    stage.clock.advance(10 * 24 * HOUR);
    await stage.path.wakes.fireDue();
    expect(await sent()).toEqual([]);
    stage.clock.advance((10 * 24 + 14) * HOUR);
    await stage.path.wakes.fireDue();
    await stage.path.wakes.fireDue();
    expect(await sent()).toHaveLength(1);
    await pass(24);
    expect(await sent()).toHaveLength(2);
  });

  test('comes neither twice nor never where the clock is set back', async () => {
    await stage.path.says(ANN, 'REMIND');
    await pass(15);
    expect(await sent()).toHaveLength(1);
    stage.clock.advance(-20 * HOUR);
    await stage.path.wakes.fireDue();
    expect(await sent()).toHaveLength(1);
    await pass(20 + 24);
    expect(await sent()).toHaveLength(2);
  });

  test('comes after a restart, from whichever node is there', async () => {
    await stage.path.says(ANN, 'REMIND');
    await stage.close();
    stage.clock.advance(15 * HOUR);
    await stage.open({ nodes: 2 });
    const [one, two] = [stage.node(0), stage.node(1)];
    await Promise.all([one.wakes.fireDue(), two.wakes.fireDue(), one.wakes.fireDue()]);
    expect(await sent()).toEqual(['2026-03-27T09:00:00.000Z']);
  });
});
