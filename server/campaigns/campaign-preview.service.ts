import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parse } from '#flows/definition/parse.ts';
import type { Purpose, Scalar } from '#flows/engine/effects.ts';
import { costOf } from '#flows/prove/cost.ts';
import type { CampaignPreview } from '#shared/api/campaigns.ts';
import { VALIDITY_MINUTES } from '#shared/sms/validity.ts';
import { Clock } from '../common/clock.ts';
import { Problem } from '../common/problem.ts';
import type { ContactRow } from '../runtime/read-facts.ts';
import { type Rehearsed, Rehearsals } from '../orders/rehearsals.ts';
import { countsAs } from '../outbound/counts-as.ts';
import { dayIn } from '../outbound/day-ceilings.ts';
import { quietNow } from '../outbound/quiet.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { WorldCache } from '../runtime/world-cache.ts';
import { audienceSql } from './audience.ts';
import { examplesOf } from './campaign-examples.ts';
import type { CampaignRow } from './campaigns.repository.ts';
import { dueAt, isByContact, occurrenceAt } from './due-times.ts';
import { goOut, lastTurn, type SenderPace } from './finish.ts';

/** Of larger audiences so many are looked at, chosen evenly by their ids' hashes. */
const MOST_LOOKED = 2_000;
/** The cost of a whole conversation is worked out for flows up to this size: it explores every path. */
const MOST_STEPS = 60;

/** As many that wait already stand for more. */
const MOST_COUNTED = 1_000_000;
const MINUTE = 60_000;

/** What of a sender's settings says when its texts go. */
interface SenderLimits extends Pick<SenderPace, 'perSecond' | 'mostADay'> {
  validMinutes: number | null;
  hasOperators: boolean;
}

/** Somebody who is looked at, with what a file says of them. */
type Sampled = ContactRow & { given: Record<string, Scalar> };

/** Says what a campaign would do if it began now: decides for its people as it would be decided, and writes nothing. */
@Injectable()
export class CampaignPreviews {
  constructor(
    private readonly database: DataSource,
    private readonly worlds: WorldCache,
    private readonly flows: FlowCache,
    private readonly rehearsals: Rehearsals,
    private readonly clock: Clock,
  ) {}

  async preview(workspaceId: string, campaign: CampaignRow): Promise<CampaignPreview> {
    const at = this.clock.now();
    const world = await this.worlds.current(workspaceId);
    const sender = world.senders.get(campaign.sender_id);
    const flow = (await this.flows.load([campaign.version_id])).get(campaign.version_id);
    if (!sender || !flow)
      throw Problem.conflict('campaign.sender-removed', 'The sender of this campaign was removed.');
    const people = await this.count(workspaceId, campaign);
    const sample = await this.sample(workspaceId, campaign);
    const given = new Map(sample.map(({ id, given }) => [id, given]));
    const rehearsed: Rehearsed[] = await this.rehearsals.rehearse(world, sender, sample, ({ id }) => ({
      kind: 'start',
      flow,
      fields: given.get(id),
      at,
    }));
    const scale = sample.length === 0 ? 0 : people / sample.length;
    const texts = Math.round(scale * sum(rehearsed.map(({ texts }) => texts.length)));
    const { schedule, number } = campaign;
    const begins = Math.max(at, occurrenceAt(schedule, number, world.timeZone) ?? at);
    const turns = sample.map((person, n) => ({
      at: isByContact(schedule)
        ? dueAt(schedule, number, person, world.timeZone, begins)
        : begins + (((n + 1) * people) / sample.length / campaign.per_minute) * MINUTE,
      people: scale,
    }));
    const limits = await this.limits(campaign.sender_id);
    const going = rehearsed.flatMap(({ texts }, n) => {
      const person = sample[n];
      const at = turns[n]?.at ?? begins;
      return texts.map(({ purpose }) => ({
        at,
        texts: scale,
        validMinutes: Math.min(limits.validMinutes ?? Number.POSITIVE_INFINITY, VALIDITY_MINUTES[purpose]),
        mayGo: (from: number) => (person ? mayGo(person, purpose, world.timeZone, from) : from),
      }));
    });
    const pace = await this.pace(campaign.sender_id, limits, world.timeZone, begins);
    const { last, quiet, expired } = await goOut(going, pace, begins);
    const everybody = isByContact(schedule) ? turns : [{ at: begins, people }];
    const ends = Math.max(last, lastTurn(everybody, campaign.per_minute, begins));
    return {
      people,
      looked: sample.length,
      outcomes: outcomesOf(rehearsed, scale),
      texts,
      segments: Math.round(scale * sum(rehearsed.map(({ segments }) => segments))),
      conversation: await this.conversation(campaign.version_id),
      beginsAt: iso(begins),
      finishesAt: iso(ends),
      quiet: Math.round(quiet),
      expired: Math.round(expired),
      operators: limits.hasOperators,
      examples: examplesOf(sample, rehearsed),
    };
  }

  private async count(workspaceId: string, campaign: CampaignRow): Promise<number> {
    const values: unknown[] = [workspaceId];
    const [row]: { people: number }[] = await this.database.query(
      `select count(*)::int as people from ${audienceSql(campaign, values)}`,
      values,
    );
    return row?.people ?? 0;
  }

  /** People of a file whom we do not know yet are strangers. */
  private async sample(workspaceId: string, campaign: CampaignRow): Promise<Sampled[]> {
    if (campaign.audience.kind === 'file') {
      return this.database.query(
        `select o.workspace_id, coalesce(c.id, o.id) as id, o.phone, c.id is not null as known, c.language,
           coalesce(c.fields, '{}') || o.fields as fields, coalesce(c.tags, '{}') as tags, o.fields as given
         from orders o left join contacts c on c.workspace_id = o.workspace_id and c.phone = o.phone
         where o.workspace_id = $1 and o.campaign_id = $2 order by md5(o.phone) limit ${MOST_LOOKED}`,
        [workspaceId, campaign.id],
      );
    }
    const values: unknown[] = [workspaceId];
    return this.database.query(
      `select c.workspace_id, c.id, c.phone, true as known, c.language, c.fields, c.tags, '{}'::jsonb as given
       from ${audienceSql(campaign, values)} order by md5(c.phone) limit ${MOST_LOOKED}`,
      values,
    );
  }

  private async limits(senderId: string): Promise<SenderLimits> {
    const [row]: SenderLimits[] = await this.database.query(
      `select least(s.per_second, case when jsonb_typeof(g.config -> 'perSecond') = 'number' then nullif((g.config ->> 'perSecond')::float8, 0) end)::float8
           as "perSecond", case when s.over_day = 'tomorrow' then s.most_a_day end as "mostADay", s.valid_minutes as "validMinutes",
         jsonb_array_length(coalesce(to_jsonb(s.operators), '[]')) > 0 as "hasOperators"
       from senders s join gateways g on g.id = s.gateway_id where s.id = $1`,
      [senderId],
    );
    return row ?? { perSecond: null, mostADay: null, validMinutes: null, hasOperators: false };
  }

  /** What waits already is only of interest where something slows it down. */
  private async pace(
    senderId: string,
    { perSecond, mostADay }: SenderLimits,
    timeZone: string,
    begins: number,
  ): Promise<SenderPace> {
    const { date, ends } = dayIn(timeZone, begins);
    const [before]: { queued: number; sent: number }[] =
      perSecond === null && mostADay === null
        ? []
        : await this.database.query(
            `select (select count(*)::int from (select from senders x join outbox o on o.gateway_id = x.gateway_id and o.sender_id = x.id
                 where x.workspace_id = s.workspace_id and ${countsAs('x')} = ${countsAs('s')} limit ${MOST_COUNTED}) q) as queued,
               coalesce((select d.texts from sent_days d where d.workspace_id = s.workspace_id and d.sender_id = ${countsAs('s')}
                 and d.operator = '' and d.day = $2), 0) as sent
             from senders s where s.id = $1`,
            [senderId, date],
          );
    const { queued = 0, sent = 0 } = before ?? {};
    return { perSecond, mostADay, queued, leftToday: Math.max((mostADay ?? 0) - sent, 0), dayEnds: ends };
  }

  private async conversation(versionId: string): Promise<CampaignPreview['conversation']> {
    const [row]: { definition: unknown }[] = await this.database.query(
      'select definition from flow_versions where id = $1',
      [versionId],
    );
    const parsed = parse(row?.definition);
    if (!parsed.definition || parsed.definition.nodes.length > MOST_STEPS) return null;
    const { min, max } = costOf(parsed);
    return { min, max };
  }
}

/** When somebody may get a text that could go at `from`: after their quiet hours. */
function mayGo({ phone, fields }: ContactRow, purpose: Purpose, timeZone: string, from: number): number {
  const [zone = null, state = null, zip = null] = [fields.timeZone, fields.state, fields.zip].map((field) =>
    typeof field === 'string' ? field : undefined,
  );
  const text = { purpose, to: phone, prompted: false, queuedAt: from, zone, state, zip, lane: { timeZone } };
  const ruling = quietNow(text, from);
  return ruling?.status === 'queued' ? ruling.until : from;
}

function outcomesOf(rehearsed: readonly Rehearsed[], scale: number): CampaignPreview['outcomes'] {
  const counts = new Map<string, CampaignPreview['outcomes'][number]>();
  for (const { fate } of rehearsed) {
    const reason = fate.outcome === 'held-back' ? fate.reason : null;
    const key = `${fate.outcome} ${reason}`;
    const known = counts.get(key);
    if (known) known.people++;
    else counts.set(key, { outcome: fate.outcome, reason, people: 1 });
  }
  return [...counts.values()]
    .map((one) => ({ ...one, people: Math.round(one.people * scale) }))
    .sort((a, b) => b.people - a.people);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const iso = (ms: number): string => new Date(Math.round(ms)).toISOString();
