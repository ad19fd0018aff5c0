import { describe, expect, test } from '@jest/globals';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { dayIn } from '#server/outbound/day-ceilings.ts';
import { stageCampaigns } from '../support/campaign-stage.ts';
import { until } from '../support/until.ts';
import { lineFlow, saying } from '../support/line-flow.ts';

const { stage, clock, flows, query, people, draft, begin, run, outcomes } = stageCampaigns();

describe('a campaign', () => {
  test('of a crowd is told before by a sample of it, and is taken back under way to the last of them', async () => {
    await people('crowd', 12_000, 6_000);
    const id = await draft(flows.offers, { audience: { kind: 'tag', tag: 'crowd' }, perMinute: 6_000 });
    const { body: preview } = await stage.owner.get(`/api/campaigns/${id}/preview`);
    const finishesAt = new Date(clock.now() + 120_000).toISOString();
    expect(preview).toMatchObject({ people: 12_000, looked: 2_000, finishesAt });
    // Half of them have agreed; two thousand of them tell that within a few in a hundred.
    expect(Math.abs(preview.texts - 6_000)).toBeLessThan(800);
    expect(await begin(id)).toBe(204);
    const under = await run(id, 2);
    expect([under.status, under.people, under.waiting < 12_000]).toEqual(['running', 12_000, true]);
    expect((await stage.owner.post(`/api/campaigns/${id}/cancel`)).status).toBe(204);
    const over = await run(id);
    const { started = 0, 'no-consent': heldBack = 0, 'left-out': leftOut = 0 } = outcomes(over);
    expect([over.status, over.waiting, started + heldBack + leftOut]).toEqual(['cancelled', 0, 12_000]);
    expect(leftOut).toBeGreaterThan(11_000);
  });

  test('of a file is told before in the language that the file names, and by the clock that is known of somebody', async () => {
    const greets = await stage.publish({
      ...lineFlow('GREET', saying('Good day')),
      languages: ['en', 'ja'],
      translations: { ja: { 'step-0.text': 'こんにちは' } },
    });
    const [known = ''] = await people('japan', 1);
    await query(`update contacts set fields = '{"timeZone": "Asia/Tokyo"}' where phone = $1`, [known]);
    const now = clock.now();
    const id = await draft(greets, {
      audience: { kind: 'file' },
      schedule: {
        kind: 'at',
        at: new Date(now + 10 * 3_600_000).toISOString().slice(0, 16),
        zone: 'contact',
      },
    });
    await stage.owner.post(`/api/campaigns/${id}/people`, {
      people: [{ phone: known }, { phone: '+447700900511', fields: { language: 'Japanese', name: 'Aoi' } }],
    });
    const { body: preview } = await stage.owner.get(`/api/campaigns/${id}/preview`);
    expect(preview.examples.map(({ texts }: { texts: string[] }) => texts[0]).sort()).toEqual([
      'Good day',
      'こんにちは',
    ]);
    expect(await begin(id)).toBe(204);
    // It is an hour later there than it is to be.
    clock.advance(2 * 3_600_000);
    for (let n = 0; n < 3; n++) {
      await stage.server.app.get(CampaignClock).workDue();
      clock.advance(3_000);
    }
    const begun = await query('select phone from orders where campaign_id = $1 and outcome is not null', [
      id,
    ]);
    expect(begun).toEqual([{ phone: known }]);
    await stage.owner.post(`/api/campaigns/${id}/cancel`);
  });

  const setSender = (set: string) => query(`update senders set ${set} where address = '12345'`);

  test('says before when its last text is out, where its sender is slower than it', async () => {
    // What the tests before had to say is out.
    await until(async () => (await query('select from outbox')).length === 0);
    await people('slow', 60, 0);
    const id = await draft(flows.news, { audience: { kind: 'tag', tag: 'slow' }, perMinute: 6_000 });
    const preview = async () => (await stage.owner.get(`/api/campaigns/${id}/preview`)).body;
    const ends = async () => Date.parse((await preview()).finishesAt) - clock.now();
    expect(await ends()).toBe(600);
    await setSender('per_second = 0.5');
    expect(await ends()).toBe(120_000);
    // Behind what waits already.
    await query(
      `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
       select workspace_id, gen_random_uuid(), gen_random_uuid(), gateway_id, id, 2, $1, $1 from senders, generate_series(1, 30)
       where address = '12345'`,
      [new Date(clock.now() + 3_600_000)],
    );
    expect(await ends()).toBe(180_000);
    expect(await preview()).toMatchObject({ quiet: 0, expired: 0, operators: false });
    // It is slower than they are worth.
    await setSender(
      `valid_minutes = 2, operators = '[{"operator": "GB", "perSecond": 1, "mostADay": null}]'`,
    );
    expect(await preview()).toMatchObject({ texts: 60, expired: 30, operators: true });
    await setSender(`valid_minutes = null, operators = '[]'`);
    await query('truncate outbox');
    // Days end at midnight, and some of today's is gone.
    await setSender('most_a_day = 25');
    await query(
      `insert into sent_days (workspace_id, sender_id, day, texts, segments)
       select workspace_id, id, '2026-03-05', 10, 10 from senders where address = '12345'`,
    );
    const midnight = dayIn((await query('select time_zone from workspaces'))[0].time_zone, clock.now()).ends;
    expect(await ends()).toBe(midnight + 86_400_000 - clock.now());
    await query('delete from sent_days');
    await setSender('per_second = null, most_a_day = null');
  });

  test('says before how many of its texts wait for the end of quiet hours, and when the last of them is out', async () => {
    const [phone = ''] = await people('night', 1);
    await query(
      `update contacts set phone = '+12125550123', fields = '{"timeZone": "America/New_York"}' where phone = $1`,
      [phone],
    );
    await setSender(`destinations = '{*}'`);
    const id = await draft(flows.offers, { audience: { kind: 'tag', tag: 'night' } });
    const preview = async () => (await stage.owner.get(`/api/campaigns/${id}/preview`)).body;
    const before = clock.now();
    // A quarter past nine in the evening there, and nine in the morning.
    clock.set('2026-03-06T02:15:00Z');
    const { texts, quiet, finishesAt } = await preview();
    expect([texts, quiet, Date.parse(finishesAt) > Date.parse('2026-03-06T12:59:00Z')]).toEqual([1, 1, true]);
    await setSender('valid_minutes = 60');
    expect(await preview()).toMatchObject({ quiet: 0, expired: 1 });
    await setSender(`valid_minutes = null, destinations = '{}'`);
    clock.set(new Date(before).toISOString());
  });

  test('is warned of before, with a conversation, where only those who have not texted get other words', async () => {
    const asked = { variable: 'run.keyword', operator: 'is-set' };
    const line = lineFlow(
      'BOX',
      ['branch', { cases: [{ id: 'asked', when: asked }] }, 'asked'],
      saying('Your parcel is here.'),
    );
    const dear = { text: 'Dear {{contact.name}}, your {{run.keyword}} is here.', purpose: 'service' };
    const boxes = await stage.publish({
      ...line,
      nodes: [...line.nodes, { id: 'dear', kind: 'message', config: dear }],
      edges: [
        ...line.edges,
        { from: 'step-0', port: 'else', to: 'dear' },
        { from: 'dear', port: 'next', to: 'done' },
      ],
    });
    const id = await draft(boxes, { audience: { kind: 'tag', tag: 'a' } });
    const { status, body } = await stage.owner.get(`/api/campaigns/${id}/findings`);
    const codes = body.map(({ code }: { code: string }) => code);
    expect([status, codes.sort()]).toEqual([200, ['text.first', 'variable.missing', 'variable.unasked']]);
    const { severity, witness } = body.find(
      ({ code }: { code: string }) => code === 'variable.missing',
    ).finding;
    expect([severity, witness.replayed]).toEqual(['warning', true]);
    expect(witness.given).toContain('has not texted: a campaign or the API begins it');
    expect(await begin(id)).toBe(204);
    const quiet = await draft(flows.news, { audience: { kind: 'tag', tag: 'a' } });
    expect((await stage.owner.get(`/api/campaigns/${quiet}/findings`)).body).toEqual([]);
  });
});
