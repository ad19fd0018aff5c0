import type { Audience, Campaign, CreateCampaignInput, Schedule } from '#shared/api/campaigns.ts';
import { assertNever } from '#shared/assert-never.ts';

/** A campaign as its form holds it: every choice at once, whichever counts. */
export interface CampaignPlan {
  name: string;
  flowId: string | null;
  /** Take the version that was published since; told of where there is one. */
  newest: boolean;
  sender: string | null;
  audience: Audience['kind'];
  list: string | null;
  tag: string;
  field: string;
  is: string;
  when: 'now' | 'at' | 'day' | 'week' | 'month';
  at: string;
  zone: 'workspace' | 'contact';
  perMinute: number | string;
}

/** A campaign as its form begins. */
export const EMPTY_PLAN: CampaignPlan = {
  name: '',
  flowId: null,
  newest: false,
  sender: null,
  audience: 'list',
  list: null,
  tag: '',
  field: '',
  is: '',
  when: 'now',
  at: '',
  zone: 'workspace',
  perMinute: 600,
};

/** A draft as its form begins. Of a series the time of this one is shown, not that of the first. */
export function planOf({ name, flow, sender, audience, schedule, perMinute, wall }: Campaign): CampaignPlan {
  return {
    ...EMPTY_PLAN,
    ...{ name, flowId: flow.id, sender, perMinute },
    ...audienceFields(audience),
    ...(schedule.kind !== 'now' && {
      when: schedule.kind === 'at' ? schedule.kind : schedule.every,
      at: wall ?? schedule.at,
      zone: schedule.zone,
    }),
  };
}

/** What a form is held against besides itself. */
export interface PlanFacts {
  /** Whether there are numbers: of a file that was chosen, or handed over before. */
  hasPeople: boolean;
  /** What the clock on the workspace's wall shows now. */
  now: string;
}

/** What is missing or cannot be in a form, by its field. */
export function wrongIn(
  plan: CampaignPlan,
  { hasPeople, now }: PlanFacts,
): Partial<Record<keyof CampaignPlan | 'file', string>> {
  return {
    ...(plan.name.trim() === '' && { name: 'Give it a name.' }),
    ...(plan.flowId === null && { flowId: 'Choose a live flow.' }),
    ...(plan.audience === 'list' && plan.list === null && { list: 'Choose a list.' }),
    ...(plan.audience === 'tag' && plan.tag.trim() === '' && { tag: 'Write a tag.' }),
    ...(plan.audience === 'field' && plan.field.trim() === '' && { field: 'Write the name of a field.' }),
    ...(plan.audience === 'field' && plan.is.trim() === '' && { is: 'Write what it is.' }),
    ...(plan.audience === 'file' && !hasPeople && { file: 'Choose a file.' }),
    ...(plan.when !== 'now' &&
      isOver(plan.at, plan.zone, now) && { at: 'That has passed. Choose a time to come.' }),
    ...(plan.when !== 'now' && plan.at === '' && { at: 'Say when.' }),
    ...(!(Number(plan.perMinute) >= 1) && { perMinute: 'At least 1.' }),
  };
}

/** The form as the API takes it. `before` is the draft that it changes. */
export function campaignOf(
  plan: CampaignPlan,
  sender: string | undefined,
  before?: Campaign,
): CreateCampaignInput {
  const isKept = before !== undefined && plan.flowId === before.flow.id && !plan.newest;
  return {
    name: plan.name.trim(),
    flowId: plan.flowId ?? '',
    version: isKept ? before.flow.version : undefined,
    sender: plan.sender ?? sender,
    audience: audienceOf(plan),
    schedule: scheduleOf(plan, before),
    perMinute: Math.round(Number(plan.perMinute)),
  };
}

/** Whether a campaign begins another version of its flow than the one that is live by now. One of a series takes that by itself. */
export const isBehind = ({ flow, number }: Pick<Campaign, 'flow' | 'number'>): boolean =>
  number === 1 && flow.newest > flow.version;

/** The fields of a form that the places of a refusal belong to. */
export const FIELDS: Readonly<Record<string, keyof CampaignPlan>> = {
  version: 'flowId',
  audience: 'audience',
  'audience.list': 'list',
  'audience.tag': 'tag',
  'audience.field': 'field',
  'audience.is': 'is',
  'schedule.at': 'at',
  'schedule.kind': 'when',
};

function audienceFields(audience: Audience): Partial<CampaignPlan> {
  switch (audience.kind) {
    case 'list':
      return { audience: audience.kind, list: audience.list };
    case 'tag':
      return { audience: audience.kind, tag: audience.tag };
    case 'field':
      return { audience: audience.kind, field: audience.field, is: audience.is };
    case 'file':
      return { audience: audience.kind };
    default:
      return assertNever(audience);
  }
}

function audienceOf({ audience, list, tag, field, is }: CampaignPlan): Audience {
  switch (audience) {
    case 'list':
      return { kind: 'list', list: list ?? '' };
    case 'tag':
      return { kind: 'tag', tag: tag.trim() };
    case 'field':
      return { kind: 'field', field: field.trim(), is: is.trim() };
    case 'file':
      return { kind: 'file' };
    default:
      return assertNever(audience);
  }
}

/** A later one of a series whose time was left as it was stays in its series. */
function scheduleOf({ when, at, zone }: CampaignPlan, before?: Campaign): Schedule {
  if (when === 'now') return { kind: 'now' };
  if (when === 'at') return { kind: 'at', at, zone };
  const old = before?.schedule;
  const isSame = old?.kind === 'every' && old.every === when && old.zone === zone && before?.wall === at;
  return isSame ? old : { kind: 'every', every: when, at, zone };
}

/** Whether a time on the wall has passed; on each person's own clock, everywhere. `now` is what the workspace's clock shows. */
const isOver = (wall: string, zone: CampaignPlan['zone'], now: string): boolean =>
  wall < (zone === 'workspace' ? now : dayBefore(now));

/** Whether the time of a draft has passed, so that it needs another before it can begin. */
export const isTooLate = ({ status, schedule, wall }: Campaign, now: string): boolean =>
  status === 'draft' && schedule.kind !== 'now' && wall !== null && isOver(wall, schedule.zone, now);

const dayBefore = (wall: string): string =>
  new Date(Date.parse(`${wall}:00Z`) - 86_400_000).toISOString().slice(0, 16);
