import type {
  Audience,
  CampaignPreview,
  CampaignSummary,
  CampaignTrouble,
  Schedule,
} from '#shared/api/campaigns.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { assertNever } from '#shared/assert-never.ts';
import { calendarDay } from '../../lib/format/moment.ts';
import { counted } from '../../lib/format/number.ts';

/** Whom a campaign is for, in words. `lists` names lists by their keys. */
export function audienceWords(audience: Audience, lists: ReadonlyMap<string, string>): string {
  switch (audience.kind) {
    case 'list':
      return `Everybody on “${lists.get(audience.list) ?? audience.list}”`;
    case 'tag':
      return `Everybody tagged ${audience.tag}`;
    case 'field':
      return `Everybody whose ${audience.field} is “${audience.is}”`;
    case 'file':
      return 'The numbers of a file';
    default:
      return assertNever(audience);
  }
}

/** Whether a campaign would begin with nobody as things stand: there is no one, or each of them is held back. */
export const beginsNobody = ({ outcomes }: Pick<CampaignPreview, 'outcomes'>): boolean =>
  outcomes.every(({ outcome, people }) => outcome !== 'started' || people === 0);

/** Whether a campaign cannot be begun because of what was found. */
export const isRefusal = ({ finding }: ProblemIssue): boolean => finding?.severity === 'error';

/** What rows of a file were left out because it stood there in the place of a phone number; a few of them, to be found again. */
export function leftOutWords(wrong: readonly string[]): string {
  const shown = wrong.slice(0, 3).map((written) => (written === '' ? 'nothing at all' : `“${written}”`));
  const more =
    wrong.length > shown.length ? `, and ${counted(wrong.length - shown.length, 'more', 'more')}` : '';
  return `${counted(wrong.length, 'row was', 'rows were')} no phone number and left out: ${shown.join(', ')}${more}.`;
}

/** When a campaign begins, in words. */
export function scheduleWords(schedule: Schedule): string {
  if (schedule.kind === 'now') return 'When you begin it';
  const [day = '', time = ''] = schedule.at.split('T');
  const clock = schedule.zone === 'contact' ? 'on each person’s own clock' : 'on your clock';
  if (schedule.kind === 'at') return `${calendarDay(day)} at ${time}, ${clock}`;
  return `Every ${schedule.every} at ${time}, ${clock}, from ${calendarDay(day)}`;
}

/** Why a campaign rests, in a few words. */
export const TROUBLES: Readonly<Record<CampaignTrouble, string>> = {
  'flow-not-live': 'Its flow is not live',
  'sender-removed': 'Its number was removed',
  fault: 'Failed, is tried again',
};

/** By how much a campaign began after its time, in words; null where it was on time. */
export function lateness({
  startsAt,
  beganAt,
}: Pick<CampaignSummary, 'startsAt' | 'beganAt'>): string | null {
  if (startsAt === null || beganAt === null) return null;
  const minutes = Math.floor((Date.parse(beganAt) - Date.parse(startsAt)) / 60_000);
  if (minutes < 2) return null;
  if (minutes < 120) return counted(minutes, 'minute');
  return minutes < 48 * 60
    ? counted(Math.round(minutes / 60), 'hour')
    : counted(Math.round(minutes / 1_440), 'day');
}
