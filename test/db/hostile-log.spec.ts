import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { InboundLog } from '#server/inbound-log/inbound-log.service.ts';
import { LogStream, STREAM } from '#server/inbound-log/log-stream.ts';
import { findNatsServer } from '../../scripts/nats.mjs';
import { until } from '../support/until.ts';
import { counting } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { LoggedStage } from './support/logged-stage.ts';

const program = findNatsServer();
const whereNats = program ? describe : describe.skip;

whereNats('whoever has the keys of NATS', () => {
  let stage: LoggedStage;
  let operator: NatsConnection;
  let manager: JetStreamManager;
  let count = 0;

  beforeAll(async () => {
    stage = await LoggedStage.open(program ?? '', { flows: [counting('COUNT', 5)] });
    operator = await connect({ servers: stage.nats.url });
    manager = await jetstreamManager(operator);
  }, 60_000);
  afterEach(() => stage.endNodes(), 30_000);
  afterAll(async () => {
    await operator?.close();
    await stage?.close();
  }, 60_000);

  /** So many people who have not said anything yet. */
  const newPeople = (many: number): string[] => Array.from({ length: many }, () => phoneOf(++count));

  /** Each says COUNT, and is acknowledged. */
  async function say(people: readonly string[]): Promise<void> {
    const answers = await Promise.all(people.map((person) => stage.says(person, 'COUNT')));
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200));
  }

  async function sayAndHear(people: readonly string[]): Promise<void> {
    await say(people);
    expect(await stage.untilHeard(people)).toEqual(people.map(() => ['0']));
  }

  /** Has a node that does nothing lead every partition, or lets the others lead them again. */
  async function leadAway(isAway: boolean): Promise<void> {
    await stage.source.query(
      `update inbound_log_leases set node = gen_random_uuid(), leased_until = now() + $1::interval`,
      [isAway ? '1 hour' : '0'],
    );
    // Whoever led them has noticed at its next look, and acted on that before the one after.
    for (let looks = 0; isAway && stage.nodes.length > 0 && looks < 2; looks++) await nextLook();
  }

  /** Waits until a node has said once more that it is there. */
  async function nextLook(): Promise<void> {
    const seen = async () =>
      JSON.stringify(await stage.source.query('select seen_until from inbound_log_nodes'));
    const before = await seen();
    await until(async () => (await seen()) !== before, 50);
  }

  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${stage.nodes[0]?.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  };

  test('may take the log away under nodes that run: once a node has made it anew all of it is decided', async () => {
    await stage.startNode();
    await sayAndHear(newPeople(40));
    await manager.streams.delete(STREAM);
    const [one = ''] = newPeople(1);
    expect((await stage.says(one, 'COUNT')).status).toBe(503);
    await until(async () => (await metric('textloom_log_away')) === 1, 100);
    await stage.startNode();
    await until(async () => (await metric('textloom_log_away')) === 0, 100);
    await sayAndHear(newPeople(20));
  }, 60_000);

  test('may make it anew before anybody notices', async () => {
    await stage.startNode();
    await sayAndHear(newPeople(40));
    const { config } = await manager.streams.info(STREAM);
    await manager.streams.delete(STREAM);
    await manager.streams.add(config);
    await sayAndHear(newPeople(20));
  }, 60_000);

  test('may make it anew, and it may grow beyond the old one before anybody reads it', async () => {
    await stage.startNode();
    await sayAndHear(newPeople(3));
    await stage.endNodes();
    const { config } = await manager.streams.info(STREAM);
    await manager.streams.delete(STREAM);
    await manager.streams.add(config);
    const writer = await LogStream.open({
      url: stage.nats.url,
      durability: 'unsafe',
      installation: String(config.description?.split(' ').at(-1)),
    });
    await leadAway(true);
    await stage.startNode();
    const people = newPeople(20);
    await say(people);
    for (let n = 0; n < 200; n++) await writer.fence();
    await writer.close();
    await leadAway(false);
    expect(await stage.untilHeard(people)).toEqual(people.map(() => ['0']));
  }, 60_000);

  test('may delete every consumer', async () => {
    await stage.startNode();
    await sayAndHear(newPeople(4));
    for await (const { name } of manager.consumers.list(STREAM)) await manager.consumers.delete(STREAM, name);
    await sayAndHear(newPeople(20));
  }, 60_000);

  test('may purge what is decided', async () => {
    await stage.startNode();
    await sayAndHear(newPeople(20));
    await manager.streams.purge(STREAM);
    await sayAndHear(newPeople(20));
  }, 60_000);

  test('may purge texts that nobody has decided: that is said, and what waited for them goes on', async () => {
    const { app } = await stage.startNode();
    const decidedUntil = (): Promise<number> => app.get(InboundLog).decidedUntil(Date.now());
    await sayAndHear(newPeople(4));
    const before = await metric('textloom_log_dropped_total');
    await leadAway(true);
    const began = Date.now();
    await say(newPeople(3));
    expect(await decidedUntil()).toBeLessThan(began);
    await manager.streams.purge(STREAM);
    await until(async () => (await metric('textloom_log_dropped_total')) === before + 3);
    expect(await decidedUntil()).toBeGreaterThan(began);
    await leadAway(false);
    await sayAndHear(newPeople(4));
  }, 60_000);

  test('may let it fill up: it refuses, drops nothing, and goes on when there is room', async () => {
    await stage.startNode();
    const people = newPeople(10);
    await sayAndHear(people.slice(0, 2));
    const { config, state } = await manager.streams.info(STREAM);
    await manager.streams.update(STREAM, { ...config, max_msgs: state.messages });
    const [one = '', ...others] = people.slice(2);
    const refused = await stage.says(one, 'COUNT');
    expect([refused.status, refused.body]).toMatchObject([503, { error: { code: 'inbound.log' } }]);
    await manager.streams.update(STREAM, { ...config, max_msgs: -1 });
    await until(async () => (await stage.says(one, 'COUNT', 'again')).status === 200);
    await sayAndHear(others);
  }, 60_000);

  test('cannot have a log that drops what nobody has decided', async () => {
    await stage.startNode();
    await stage.endNodes();
    const { config } = await manager.streams.info(STREAM);
    await manager.streams.update(STREAM, { ...config, discard: 'old', max_msgs: 100 } as never);
    await expect(stage.startNode()).rejects.toThrow('would drop texts that nobody has decided');
    await manager.streams.update(STREAM, { ...config, max_msgs_per_subject: 1 });
    await expect(stage.startNode()).rejects.toThrow('would drop texts that nobody has decided');
    await manager.streams.update(STREAM, config);
    await stage.startNode();
  }, 60_000);
});
