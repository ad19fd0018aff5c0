import { beforeAll, expect } from '@jest/globals';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { newId } from '#server/common/ids.ts';
import type { Campaign } from '#shared/api/campaigns.ts';
import { signInAsOwner } from './api-client.ts';
import { stageDemo } from './demo-stage.ts';
import { lineFlow, saying } from './line-flow.ts';
import { ManualClock } from './manual-clock.ts';

/** A demo workspace with two flows that campaigns begin: `offers` is marketing to the list "news", `news` needs no consent. */
export function stageCampaigns() {
  const clock = new ManualClock('2026-03-05T15:00:00Z');
  const stage = stageDemo({ clock });
  const flows = { offers: '', news: '' };
  let workspaceId = '';
  let made = 0;
  beforeAll(async () => {
    workspaceId = await stage.workspaceId();
    flows.offers = await stage.publish(
      lineFlow('DEALS', [
        'message',
        { text: 'Half price, {{contact.name | default: "friend"}}', purpose: 'marketing', list: 'news' },
        'next',
      ]),
    );
    flows.news = await stage.publish(lineFlow('PARCEL', saying('Your parcel is here')));
  });
  const query = (text: string, values: unknown[] = []) => stage.server.database.source.query(text, values);

  /** People with a tag of their own; those of `confirmed` joined the list. */
  async function people(tag: string, count: number, confirmed = count): Promise<string[]> {
    const phones = Array.from({ length: count }, (_, n) => `+4479${tag.length}${String(100_000 + made + n)}`);
    made += count;
    const ids = phones.map(() => newId(clock.now()));
    await query(
      `insert into contacts (workspace_id, id, phone, tags, created_at)
       select $1, n.id, n.phone, array[$4], $5 from unnest($2::uuid[], $3::text[]) n(id, phone)`,
      [workspaceId, ids, phones, tag, new Date(clock.now())],
    );
    await query(
      `insert into consents (workspace_id, contact_id, scope, state, since, head)
       select $1, id, 'list:news', 'confirmed', $3, '\\x00' from unnest($2::uuid[]) id`,
      [workspaceId, ids.slice(0, confirmed), new Date(clock.now())],
    );
    return phones;
  }

  const draft = async (flowId: string, plan: object): Promise<string> => {
    const { status, body } = await stage.owner.post('/api/campaigns', { name: 'Spring', flowId, ...plan });
    expect([status, body]).toEqual([201, { id: expect.any(String) }]);
    return body.id;
  };
  const show = async (id: string): Promise<Campaign> => (await stage.owner.get(`/api/campaigns/${id}`)).body;
  const begin = async (id: string) => (await stage.owner.post(`/api/campaigns/${id}/begin`)).status;
  /** Lets time pass in steps of a second until nothing is left to do. */
  async function run(id: string, seconds = 60): Promise<Campaign> {
    for (let n = 0; n < seconds; n++) {
      await stage.server.app.get(CampaignClock).workDue();
      const now = await show(id);
      if (now.status !== 'running' && now.status !== 'scheduled') return now;
      clock.advance(1_000);
    }
    return show(id);
  }
  /** Sets the clock; a session does not outlast months. */
  async function jump(moment: string): Promise<void> {
    clock.set(moment);
    stage.owner = await signInAsOwner(stage.server);
  }
  const outcomes = ({ outcomes: all }: Pick<Campaign, 'outcomes'>) =>
    Object.fromEntries(all.map(({ outcome, reason, people: n }) => [reason ?? outcome, n]));
  const textsTo = async (phones: readonly string[]): Promise<Map<string, number>> => {
    const rows: { phone: string; texts: number }[] = await query(
      `select c.phone, count(o.id)::int as texts from contacts c
       left join outbound o on o.workspace_id = c.workspace_id and o.contact_id = c.id
       where c.phone = any($1) group by 1`,
      [phones],
    );
    return new Map(rows.map(({ phone, texts }) => [phone, texts]));
  };

  return {
    stage,
    clock,
    flows,
    query,
    workspaceId: () => workspaceId,
    people,
    draft,
    show,
    begin,
    run,
    jump,
    outcomes,
    textsTo,
  };
}
