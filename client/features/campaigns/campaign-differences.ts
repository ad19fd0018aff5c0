import type { Campaign } from '#shared/api/campaigns.ts';
import { counted } from '../../lib/format/number.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import { audienceWords, scheduleWords } from './campaign-words.ts';

/** Something about a campaign that is not as it was. */
export interface Difference {
  what: string;
  was: string;
  is: string;
}

/** What is different about a campaign by now, in words. `lists` names lists by their keys. */
export function differences(
  before: Campaign,
  now: Campaign,
  lists: ReadonlyMap<string, string>,
): Difference[] {
  const told = (one: Campaign): readonly (readonly [string, string])[] => [
    ['Name', one.name],
    ['Flow', `${one.flow.name}, version ${one.flow.version}`],
    ['From', formatPhone(one.sender)],
    ['For', audienceWords(one.audience, lists)],
    ['Numbers', counted(one.people, 'number')],
    ['When', scheduleWords(one.schedule)],
    ['Pace', `${counted(one.perMinute, 'person', 'people')} a minute`],
  ];
  const then = new Map(told(before));
  return told(now).flatMap(([what, is]) => {
    const was = then.get(what) ?? '';
    return was === is ? [] : [{ what, was, is }];
  });
}
