import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { Transactions } from '#server/database/transactions.ts';
import { CLICKED, ClickTelling } from '#server/links/click-telling.ts';
import { LinksRepository } from '#server/links/links.repository.ts';
import { RunOrders } from '#server/runs/run-orders.ts';
import { UntoldEvents } from '#server/runs/untold-events.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const OFFER = lineFlow(
  'OFFER',
  saying('Look'),
  ['wait-event', { event: 'link-clicked', key: 'offer', timeout: '24h' }, 'happened'],
  saying('Do you like it?'),
);
/** The same twice, one behind the other. */
const AGAIN = lineFlow(
  'AGAIN',
  ['wait-event', { event: 'link-clicked', timeout: '24h' }, 'happened'],
  saying('Once'),
  ['wait-event', { event: 'link-clicked', timeout: '24h' }, 'happened'],
  saying('Twice'),
);
const person = phoneOf(3);
const stage = stageTexting(() => ({ flows: [OFFER, AGAIN] }));

let links: LinksRepository;

beforeEach(() => {
  links = new LinksRepository(new Transactions(stage.source));
});

const orders = (): RunOrders => new RunOrders(stage.source, stage.clock, stage.path.inbound);
const telling = (): ClickTelling =>
  new ClickTelling(stage.source, orders(), stage.clock, createLog('silent'));

const claim = () => new UntoldEvents(stage.source, CLICKED).claim(new Date(stage.clock.now()), 10);

/** A link that the person was texted; returns its code. */
async function link(): Promise<string> {
  const { source, clock, workspace } = stage;
  await stage.path.says(person, 'OFFER');
  const code = newId(clock.now()).slice(-10);
  await source.query(
    `insert into links (code, workspace_id, contact_id, run_id, node, name, url, created_at)
     select $2, workspace_id, contact_id, id, 'step-0', 'offer', 'https://shop.example/', $3 from runs where workspace_id = $1`,
    [workspace.id, code, new Date(clock.now())],
  );
  return code;
}

/** The person taps; whether that was the first time. */
async function tap(code: string): Promise<boolean> {
  const found = await links.find(code);
  if (!found) throw new Error('There is no such link.');
  const at = new Date(stage.clock.now());
  return await links.click(found, { id: newId(at.getTime()), at, scanner: null, agent: null });
}

const texts = async (): Promise<string[]> =>
  (
    await stage.source.query('select text from outbound where workspace_id = $1 order by id', [
      stage.workspace.id,
    ])
  ).map(({ text }: { text: string }) => text);

/** Whether the version of the offer opens: it is written as ours, or as a newer release writes it. Nodes know nothing of it before. */
async function offerOpens(opens: boolean): Promise<void> {
  await stage.close();
  await stage.source.query(
    `update flow_versions set definition = jsonb_set(definition::jsonb, '{schemaVersion}', $2)::json where flow_id = $1`,
    [stage.workspace.flowIds[0], opens ? '1' : '99'],
  );
  await stage.open();
}

/** Another number of the same program; returns its address. */
async function otherSender(): Promise<string> {
  await stage.source.query(
    `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
     select $2, workspace_id, gateway_id, program_id, '54321', kind, country, destinations, created_at from senders where id = $1`,
    [stage.workspace.senderId, newId(1)],
  );
  return '54321';
}

describe('the first tap of a link', () => {
  test('is told where the node that noted it ended before it was', async () => {
    expect(await tap(await link())).toBe(true);
    await stage.close();
    await stage.open();
    await telling().workDue();
    expect(await texts()).toEqual(['Look', 'Do you like it?']);
  });

  test('is told again where the node ended while it told it, and no sooner', async () => {
    await tap(await link());
    await claim();
    stage.clock.advance(29_000);
    await telling().workDue();
    expect(await texts()).toEqual(['Look']);
    stage.clock.advance(1_000);
    await telling().workDue();
    expect(await texts()).toEqual(['Look', 'Do you like it?']);
  });

  test.each([
    ['of another number', otherSender],
    ['of the same number', async () => undefined],
  ])(
    'is told once to each conversation, also where the other one cannot be told yet: %s',
    async (_, other) => {
      const code = await link();
      const to = await other();
      await stage.path.says(person, 'AGAIN', to === undefined ? {} : { to });
      await offerOpens(false);
      await tap(code);
      for (let look = 0; look < 3; look++) {
        await telling().workDue();
        stage.clock.advance(60_000);
      }
      expect(await texts()).toEqual(['Look', 'Once']);
      await offerOpens(true);
      await telling().workDue();
      expect(await texts()).toEqual(['Look', 'Once', 'Do you like it?']);
      stage.clock.advance(60_000);
      expect(await claim()).toEqual([]);
    },
  );

  test('waits where it cannot be told now, and is told once', async () => {
    const code = await link();
    await offerOpens(false);
    await tap(code);
    await telling().workDue();
    await offerOpens(true);
    stage.clock.advance(60_000);
    await telling().workDue();
    expect(await texts()).toEqual(['Look', 'Do you like it?']);
    expect(await tap(code)).toBe(false);
    stage.clock.advance(60_000);
    expect(await claim()).toEqual([]);
  });
});

test('an event that only some conversations could hear of says so to whoever tells it', async () => {
  await link();
  await stage.path.says(person, 'AGAIN');
  await offerOpens(false);
  const happens = () =>
    orders().event(stage.workspace.id, person, { name: 'link-clicked', key: 'offer', value: null });
  await expect(happens()).rejects.toMatchObject({ code: 'event.partly', status: 409 });
  expect(await texts()).toEqual(['Look', 'Once']);
});
