import { describe, expect, test } from '@jest/globals';
import { differences } from '#client/features/campaigns/campaign-differences.ts';
import {
  campaignOf,
  EMPTY_PLAN,
  isBehind,
  isTooLate,
  planOf,
  wrongIn,
} from '#client/features/campaigns/campaign-plan.ts';
import { dearWords, sizeWords } from '#client/features/campaigns/text-words.ts';
import type { Audience, Campaign, Schedule } from '#shared/api/campaigns.ts';

const campaign = (changes: Partial<Campaign> = {}): Campaign => ({
  id: 'c',
  name: 'Spring',
  status: 'draft',
  flow: { id: 'f', name: 'Flow', version: 1, newest: 3 },
  sender: '12345',
  audience: { kind: 'tag', tag: 'vip' },
  schedule: { kind: 'now' },
  perMinute: 600,
  number: 1,
  people: 0,
  waiting: 0,
  startsAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  beganAt: null,
  endedAt: null,
  trouble: null,
  triedAgainAt: null,
  missed: 0,
  revision: 'r',
  wall: null,
  createdBy: null,
  outcomes: [],
  runs: [],
  texts: 0,
  segments: 0,
  finishesAt: null,
  ...changes,
});

describe('the form of a campaign', () => {
  const audiences: Audience[] = [
    { kind: 'list', list: 'news' },
    { kind: 'tag', tag: 'vip' },
    { kind: 'field', field: 'city', is: 'Leeds' },
    { kind: 'file' },
  ];
  const schedules: Schedule[] = [
    { kind: 'now' },
    { kind: 'at', at: '2026-04-01T10:00', zone: 'contact' },
    { kind: 'every', every: 'month', at: '2026-04-01T10:00', zone: 'workspace' },
  ];
  test.each(audiences.flatMap((audience) => schedules.map((schedule) => [audience, schedule] as const)))(
    'that nobody touched says what the draft says: %j, %j',
    (audience, schedule) => {
      const wall = schedule.kind === 'now' ? null : schedule.at;
      const before = campaign({ audience, schedule, wall });
      expect(campaignOf(planOf(before), undefined, before)).toEqual({
        ...{ name: 'Spring', flowId: 'f', version: 1, sender: '12345', perMinute: 600 },
        ...{ audience, schedule },
      });
    },
  );

  test('takes the newest version of another flow, and of its own where it is asked to', () => {
    const before = campaign();
    const version = (changes: object) =>
      campaignOf({ ...planOf(before), ...changes }, undefined, before).version;
    expect([version({}), version({ flowId: 'g' }), version({ newest: true })]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect([isBehind(before), isBehind(campaign({ number: 2 }))]).toEqual([true, false]);
  });

  test('keeps one of a series in it while its time is not touched', () => {
    const schedule: Schedule = { kind: 'every', every: 'week', at: '2026-04-01T10:00', zone: 'workspace' };
    const before = campaign({ schedule, number: 3, wall: '2026-04-15T10:00' });
    const plan = planOf(before);
    expect(plan.at).toBe('2026-04-15T10:00');
    expect(campaignOf(plan, undefined, before).schedule).toEqual(schedule);
    expect(campaignOf({ ...plan, at: '2026-04-16T10:00' }, undefined, before).schedule).toEqual({
      ...schedule,
      at: '2026-04-16T10:00',
    });
  });

  test('says what is missing or over beside its field', () => {
    const now = '2026-04-01T10:00';
    const wrong = (changes: object, hasPeople = false) =>
      wrongIn({ ...planOf(campaign()), ...changes }, { hasPeople, now });
    expect(Object.keys(wrongIn(EMPTY_PLAN, { hasPeople: false, now }))).toEqual(['name', 'flowId', 'list']);
    expect(wrong({})).toEqual({});
    expect(wrong({ audience: 'file' })).toEqual({ file: 'Choose a file.' });
    expect(wrong({ audience: 'file' }, true)).toEqual({});
    expect(wrong({ when: 'at', at: '' })).toEqual({ at: 'Say when.' });
    expect(wrong({ when: 'at', at: '2026-04-01T09:59' })).toHaveProperty('at');
    expect(wrong({ when: 'at', at: '2026-04-01T09:59', zone: 'contact' })).toEqual({});
    expect(wrong({ when: 'at', at: '2026-03-31T09:59', zone: 'contact' })).toHaveProperty('at');
  });

  test('is too late as a draft whose time has passed everywhere it counts', () => {
    const late = (zone: 'workspace' | 'contact', wall: string, status: Campaign['status'] = 'draft') =>
      isTooLate(campaign({ status, wall, schedule: { kind: 'at', at: wall, zone } }), '2026-04-01T10:00');
    expect([late('workspace', '2026-04-01T09:59'), late('workspace', '2026-04-01T10:00')]).toEqual([
      true,
      false,
    ]);
    expect([late('contact', '2026-04-01T09:59'), late('contact', '2026-03-31T09:59')]).toEqual([false, true]);
    expect(late('workspace', '2026-04-01T09:59', 'scheduled')).toBe(false);
    expect(isTooLate(campaign(), '2026-04-01T10:00')).toBe(false);
  });

  test('tells what somebody else made different', () => {
    const now = campaign({ name: 'Summer', audience: { kind: 'list', list: 'news' } });
    expect(differences(campaign(), now, new Map([['news', 'News']]))).toEqual([
      { what: 'Name', was: 'Spring', is: 'Summer' },
      { what: 'For', was: 'Everybody tagged vip', is: 'Everybody on “News”' },
    ]);
  });
});

describe('the size of a text', () => {
  test.each([
    ['Hello', '1 part, GSM-7, 5 of 160 characters', null],
    [
      'Hello 🎉',
      '1 part, UCS-2, 8 of 70 characters',
      '“🎉” makes it UCS-2: 70 characters a part instead of 160.',
    ],
    [
      `${'a'.repeat(80)}–’`,
      '2 parts, UCS-2, 82 of 134 characters',
      '“–”, “’” make it UCS-2: 70 characters a part instead of 160. Without them: 1 part.',
    ],
    [
      'مرحبا بكم',
      '1 part, UCS-2, 9 of 70 characters',
      'Its letters are sent as UCS-2: 70 characters a part instead of 160.',
    ],
  ])('%s', (text, size, dear) => expect([sizeWords(text), dearWords(text)]).toEqual([size, dear]));
});
