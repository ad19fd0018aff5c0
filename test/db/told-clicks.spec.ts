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
const person = phoneOf(3);
const stage = stageTexting(() => ({ flows: [OFFER] }));

let links: LinksRepository;

beforeEach(() => {
  links = new LinksRepository(new Transactions(stage.source));
});

const telling = (): ClickTelling =>
  new ClickTelling(
    stage.source,
    new RunOrders(stage.source, stage.clock, stage.path.inbound),
    stage.clock,
    createLog('silent'),
  );

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

  test('waits where it cannot be told now, and is told once', async () => {
    const code = await link();
    const writtenAs = (schema: number): Promise<unknown> =>
      stage.source.query(
        `update flow_versions set definition = jsonb_set(definition::jsonb, '{schemaVersion}', $1)::json`,
        [String(schema)],
      );
    await stage.close();
    await writtenAs(99);
    await stage.open();
    await tap(code);
    await telling().workDue();
    await stage.close();
    await writtenAs(1);
    await stage.open();
    stage.clock.advance(60_000);
    await telling().workDue();
    expect(await texts()).toEqual(['Look', 'Do you like it?']);
    expect(await tap(code)).toBe(false);
    stage.clock.advance(60_000);
    expect(await claim()).toEqual([]);
  });
});
