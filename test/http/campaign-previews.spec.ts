import { describe, expect, test } from '@jest/globals';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { stageCampaigns } from '../support/campaign-stage.ts';
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

  test('says before when its last text is out, where its sender is slower than it', async () => {
    await people('slow', 60, 0);
    const id = await draft(flows.news, { audience: { kind: 'tag', tag: 'slow' }, perMinute: 6_000 });
    const ends = async () =>
      Date.parse((await stage.owner.get(`/api/campaigns/${id}/preview`)).body.finishesAt) - clock.now();
    const setSender = (set: string) => query(`update senders set ${set} where address = '12345'`);
    expect(await ends()).toBe(600);
    await setSender('per_second = 0.5');
    expect(await ends()).toBe(120_000);
    await setSender('most_a_day = 25');
    expect(await ends()).toBe(2 * 86_400_000);
    await setSender('per_second = null, most_a_day = null');
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
