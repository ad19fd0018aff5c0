import type { Audience, CreateCampaignInput, Schedule } from '#shared/api/campaigns.ts';

/** A new campaign as its form holds it: every choice at once, whichever counts. */
export interface CampaignPlan {
  name: string;
  flowId: string | null;
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

/** What is still missing in a form, by its field. */
export function missingIn(
  plan: CampaignPlan,
  hasFile: boolean,
): Partial<Record<keyof CampaignPlan | 'file', string>> {
  return {
    ...(plan.name.trim() === '' && { name: 'Give it a name.' }),
    ...(plan.flowId === null && { flowId: 'Choose a live flow.' }),
    ...(plan.audience === 'list' && plan.list === null && { list: 'Choose a list.' }),
    ...(plan.audience === 'tag' && plan.tag.trim() === '' && { tag: 'Write a tag.' }),
    ...(plan.audience === 'field' && plan.field.trim() === '' && { field: 'Write the name of a field.' }),
    ...(plan.audience === 'field' && plan.is.trim() === '' && { is: 'Write what it is.' }),
    ...(plan.audience === 'file' && !hasFile && { file: 'Choose a file.' }),
    ...(plan.when !== 'now' && plan.at === '' && { at: 'Say when.' }),
    ...(!(Number(plan.perMinute) >= 1) && { perMinute: 'At least 1.' }),
  };
}

/** The form as the API takes it. */
export function campaignOf(plan: CampaignPlan, sender: string | undefined): CreateCampaignInput {
  return {
    name: plan.name.trim(),
    flowId: plan.flowId ?? '',
    sender: plan.sender ?? sender,
    audience: audienceOf(plan),
    schedule: scheduleOf(plan),
    perMinute: Math.round(Number(plan.perMinute)),
  };
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
  }
}

function scheduleOf({ when, at, zone }: CampaignPlan): Schedule {
  if (when === 'now') return { kind: 'now' };
  return when === 'at' ? { kind: 'at', at, zone } : { kind: 'every', every: when, at, zone };
}
