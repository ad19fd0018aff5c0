import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type {
  AddPeople,
  BeginCampaign,
  Campaign,
  CampaignPeopleQuery,
  CampaignPerson,
  CampaignPreview,
  CampaignStatus,
  CampaignSummary,
  CampaignsQuery,
  CreateCampaign,
  PeopleAdded,
  UpdateCampaign,
} from '#shared/api/campaigns.ts';
import type { Created, Page } from '#shared/api/common.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { parsePhone } from '#shared/sms/phone.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Problem } from '../common/problem.ts';
import { Transactions } from '../database/transactions.ts';
import { OrderedFlows } from '../flows/ordered-flows.service.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { WorldCache } from '../runtime/world-cache.ts';
import { ZoneChanges } from '../settings/workspace/zone-changes.ts';
import { CampaignClock } from './campaign-clock.ts';
import { CampaignPeopleRepository } from './campaign-people.repository.ts';
import { CampaignPlans } from './campaign-plans.service.ts';
import { CampaignPreviews } from './campaign-preview.service.ts';
import { CampaignTurnsRepository } from './campaign-turns.repository.ts';
import { toPerson, toSummary } from './campaign-words.ts';
import { type CampaignRow, CampaignsRepository, type CampaignTimes } from './campaigns.repository.ts';
import { isByContact, isTooLate, occurrenceAt, wallOf } from './due-times.ts';
import { lastTurn } from './finish.ts';

/** Flows begun with many people: whom for, when, how fast, and how it went. */
@Injectable()
export class Campaigns {
  constructor(
    private readonly campaigns: CampaignsRepository,
    private readonly persons: CampaignPeopleRepository,
    private readonly turns: CampaignTurnsRepository,
    private readonly plans: CampaignPlans,
    private readonly previews: CampaignPreviews,
    private readonly work: CampaignClock,
    private readonly worlds: WorldCache,
    private readonly ordered: OrderedFlows,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
    zones: ZoneChanges,
  ) {
    zones.heardBy((workspaceId, timeZone) => this.followZone(workspaceId, timeZone));
  }

  async page(me: Who, query: CampaignsQuery): Promise<Page<CampaignSummary>> {
    const { rows, total } = await this.campaigns.page(me.workspaceId, query);
    return { items: rows.map(toSummary), total };
  }

  async show(me: Who, id: string): Promise<Campaign> {
    const row = await this.find(me, id);
    const [outcomes, runs, sent] = await Promise.all([
      this.persons.outcomes(id),
      this.persons.runs(me.workspaceId, id),
      this.persons.sent(me.workspaceId, id),
    ]);
    return {
      ...toSummary(row),
      revision: row.revision,
      wall: wallOf(row.schedule, row.number),
      createdBy: row.created_by,
      ...{ outcomes, runs },
      ...sent,
      finishesAt: row.status === 'running' ? await this.finish(row) : null,
    };
  }

  async create(me: Who, plan: CreateCampaign): Promise<Created> {
    const { name, flowId, audience, schedule, perMinute } = plan;
    const { workspaceId, personId } = me;
    const found = await this.plans.find(workspaceId, plan);
    const now = this.clock.now();
    const id = newId(now);
    await this.campaigns.add({
      ...{ workspaceId, id, name, flowId, ...found, audience, schedule, perMinute },
      createdBy: personId,
      createdAt: new Date(now),
    });
    this.live.changed(workspaceId, 'campaigns');
    return { id };
  }

  /** Makes a draft what it is to be, unless somebody else changed it since the caller read it. */
  async update(me: Who, id: string, { revision, emptied, ...plan }: UpdateCampaign): Promise<void> {
    const row = await this.find(me, id);
    mustBeAsRead(row, ['draft'], revision);
    const { workspaceId } = me;
    const { name, flowId, audience, schedule, perMinute } = plan;
    const kept = { flowId: row.flow_id, version: row.version, versionId: row.version_id };
    const found = await this.plans.find(workspaceId, plan, kept);
    const isChanged = await this.campaigns.update({
      ...{ workspaceId, id, revision, name, flowId, ...found, audience, schedule, perMinute },
      isEmptied: row.audience.kind === 'file' && (emptied || audience.kind !== 'file'),
      isAnew: row.number > 1 && !isDeepStrictEqual(schedule, row.schedule),
    });
    if (!isChanged) throw unlike(await this.find(me, id), ['draft']);
    this.live.changed(workspaceId, 'campaigns');
  }

  /** Takes one that waits for its time back, to be changed: it does not begin while it is a draft. */
  async reopen(me: Who, id: string): Promise<void> {
    if (!(await this.campaigns.reopen(me.workspaceId, id))) throw wrongStatus(await this.find(me, id));
    this.live.changed(me.workspaceId, 'campaigns');
  }

  async addPeople(me: Who, id: string, { people }: AddPeople): Promise<PeopleAdded> {
    const row = await this.find(me, id);
    if (row.audience.kind !== 'file') throw closed();
    const world = await this.worlds.current(me.workspaceId);
    const country = world.senders.get(row.sender_id)?.country;
    const now = this.clock.now();
    const found = new Map<string, { id: string; phone: string; fields: object }>();
    const wrong: number[] = [];
    people.forEach(({ phone, fields = {} }, index) => {
      const read = parsePhone(phone, country);
      if (!read) wrong.push(index);
      else if (!found.has(read.e164)) found.set(read.e164, { id: newId(now), phone: read.e164, fields });
    });
    const added = await this.persons.add(me.workspaceId, id, [...found.values()], new Date(now));
    if (added === null) throw closed();
    return { added, repeated: people.length - wrong.length - added, wrong };
  }

  async preview(me: Who, id: string): Promise<CampaignPreview> {
    return this.previews.preview(me.workspaceId, await this.find(me, id));
  }

  /** What is wrong with its flow for people who have not texted, though it is live and right for those who text. */
  async findings(me: Who, id: string): Promise<ProblemIssue[]> {
    const { version_id: versionId } = await this.find(me, id);
    return await this.ordered.findings(me.workspaceId, versionId);
  }

  /**
   * Begins a draft at its time, or goes on with one that was paused, unless its flow promises something that would not be kept, or it is
   * not what the caller has read any more.
   */
  async begin(me: Who, id: string, { revision }: BeginCampaign = {}): Promise<void> {
    const row = await this.find(me, id);
    mustBeAsRead(row, ['draft', 'paused'], revision ?? row.revision);
    await this.plans.mustBeLive(me.workspaceId, row.flow_id);
    await this.ordered.begin(me.workspaceId, row.version_id, () => this.beginNow(me, row));
  }

  /** What was proved of it, and what its readers saw, is what begins: a change in between is refused. */
  private async beginNow(me: Who, row: CampaignRow): Promise<void> {
    const now = this.clock.now();
    if (row.status === 'paused')
      return this.change(me, row, ['paused'], 'running', { nextAt: new Date(now) });
    if (row.audience.kind === 'file' && row.people === 0)
      throw Problem.conflict('campaign.nobody', 'Nobody is in it yet. Add the numbers of a file first.');
    const { timeZone } = await this.worlds.current(me.workspaceId);
    const at = occurrenceAt(row.schedule, row.number, timeZone);
    if (isTooLate(row.schedule, at, now))
      throw Problem.conflict('campaign.too-late', 'Its time has passed. Edit it, and give it another time.');
    await this.change(me, row, ['draft'], 'scheduled', { startsAt: new Date(Math.max(at ?? now, now)) });
  }

  async pause(me: Who, id: string): Promise<void> {
    if (!(await this.campaigns.pause(me.workspaceId, id))) throw wrongStatus(await this.find(me, id));
    this.live.changed(me.workspaceId, 'campaigns');
  }

  /** Takes back what still waits; a series ends with it. */
  async cancel(me: Who, id: string): Promise<void> {
    const now = new Date(this.clock.now());
    if (!(await this.campaigns.cancel(me.workspaceId, id, now))) throw wrongStatus(await this.find(me, id));
    await this.work.leaveOutAll({ workspace_id: me.workspaceId, id });
    this.live.changed(me.workspaceId, 'campaigns');
  }

  async remove(me: Who, id: string): Promise<void> {
    const row = await this.find(me, id);
    if (!(await this.campaigns.remove(me.workspaceId, id))) throw wrongStatus(row);
    this.live.changed(me.workspaceId, 'campaigns');
  }

  async people(me: Who, id: string, query: CampaignPeopleQuery): Promise<Page<CampaignPerson>> {
    await this.find(me, id);
    const { rows, total } = await this.persons.page(me.workspaceId, id, query);
    return { items: rows.map(toPerson), total };
  }

  /** Everybody of a campaign, by number, read page by page. */
  async *allPeople(me: Who, id: string): AsyncGenerator<CampaignPerson> {
    await this.find(me, id);
    for (let after = ''; ; ) {
      const rows = await this.persons.after(me.workspaceId, id, after, 1_000);
      yield* rows.map(toPerson);
      const last = rows.at(-1);
      if (!last || rows.length < 1_000) return;
      after = last.phone;
    }
  }

  /** When the last will have had their turn. */
  private async finish({ id, schedule, waiting, per_minute: perMinute }: CampaignRow): Promise<string> {
    const now = this.clock.now();
    const turns = isByContact(schedule) ? await this.turns.waiting(id) : [{ at: now, people: waiting }];
    return new Date(lastTurn(turns, perMinute, now)).toISOString();
  }

  /** What waits for a time on the workspace's clock begins when the new one shows it. */
  private async followZone(workspaceId: string, timeZone: string): Promise<void> {
    for (const { id, schedule, number } of await this.campaigns.holdScheduled(workspaceId)) {
      const at = occurrenceAt(schedule, number, timeZone);
      if (at !== null) await this.campaigns.reschedule(workspaceId, id, new Date(at));
    }
    this.transactions.afterCommit(() => this.live.changed(workspaceId, 'campaigns'));
  }

  private async change(
    me: Who,
    { id, revision }: Pick<CampaignRow, 'id' | 'revision'>,
    from: readonly CampaignStatus[],
    to: CampaignStatus,
    times: CampaignTimes = {},
  ): Promise<void> {
    if (!(await this.campaigns.move(me.workspaceId, id, from, to, times, revision)))
      throw unlike(await this.find(me, id), from);
    this.transactions.afterCommit(() => {
      this.live.changed(me.workspaceId, 'campaigns');
      this.work.nudge();
    });
  }

  private async find(me: Who, id: string): Promise<CampaignRow> {
    const row = await this.campaigns.find(me.workspaceId, id);
    if (!row) throw Problem.notFound('campaign.not-found', 'There is no such campaign.');
    return row;
  }
}

const closed = (): Problem =>
  Problem.conflict('campaign.closed', 'People are added to drafts that are made for a file.');

const wrongStatus = ({ status }: CampaignRow): Problem =>
  Problem.conflict('campaign.status', `That cannot be done: the campaign is ${STATUS_WORDS[status]}.`);

/** Why a campaign could not be changed: it is not where it was, or it is another by now. */
const unlike = (row: CampaignRow, from: readonly CampaignStatus[]): Problem =>
  from.includes(row.status) ? stale() : wrongStatus(row);

function mustBeAsRead(row: CampaignRow, from: readonly CampaignStatus[], revision: string): void {
  if (!from.includes(row.status) || row.revision !== revision) throw unlike(row, from);
}

const stale = (): Problem =>
  Problem.conflict(
    'campaign.stale',
    'Somebody else has changed this campaign since you opened it. Look at what is different, then try again.',
  );

const STATUS_WORDS: Readonly<Record<CampaignStatus, string>> = {
  draft: 'a draft',
  scheduled: 'waiting for its time',
  running: 'under way',
  paused: 'paused',
  done: 'done',
  cancelled: 'cancelled',
};
