import { describe, expect, test } from '@jest/globals';
import { erasedWords } from '#client/lib/format/erased-words.ts';
import { calendarDay, relativeMoment } from '#client/lib/format/moment.ts';
import { counted, luck, percent, points, signed, signedPercent } from '#client/lib/format/number.ts';
import { listMoves } from '#client/lib/list-moves.ts';
import { shownPhone } from '#client/lib/format/shown-phone.ts';
import { ID_NAMES } from '#client/lib/trail/step-names.ts';
import { trailLine } from '#client/lib/trail/trail-words.ts';
import { beginsNobody } from '#client/features/campaigns/campaign-words.ts';
import { changesOf, rowsOf } from '#client/features/contacts/field-rows.ts';
import { limitValues, senderInput } from '#client/features/settings/sender-values.ts';
import { curlLine } from '#client/features/live/curl-line.ts';
import { hasUnsettled, NO_STREAM, withBeats, withMessages } from '#client/features/live/stream-state.ts';
import { scaleFor } from '#client/features/results/scale.ts';
import type { LiveBeat } from '#shared/api/live.ts';
import type { Message } from '#shared/api/messages.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('a moment', () => {
  test.each([
    ['2026-11-21T11:59:45Z', 'just now'],
    ['2026-11-21T11:55:00Z', '5 min ago'],
    ['2026-11-21T11:00:10Z', '1 h ago'],
    ['2026-11-21T15:00:00Z', 'in 3 h'],
    ['2026-11-20T11:00:00Z', '20 Nov'],
    ['2025-11-20T11:00:00Z', '20 Nov 2025'],
  ])('%s is %s', (iso, words) => expect(relativeMoment(iso, NOW, 'UTC')).toBe(words));

  test('that is a day of the calendar is that day everywhere', () =>
    expect(calendarDay('2026-03-01')).toBe('1 Mar 2026'));

  test('falls on the day of the workspace’s zone', () => {
    expect(relativeMoment('2026-11-19T23:30:00Z', NOW, 'Pacific/Auckland')).toBe('20 Nov');
  });
});

describe('a number', () => {
  test.each([
    [0, '0 %'],
    [0.11, '11.0 %'],
    [0.1234, '12.3 %'],
    [1, '100 %'],
  ])('%d is %s', (share, words) => expect(percent(share).replace('\u00a0', ' ')).toBe(words));

  test.each([
    [0.7, 'could well be luck'],
    [0.005, 'could be luck 1 time in 200'],
    [0.00031, 'could be luck 1 time in 3,200'],
    [0.00115, 'could be luck 1 time in 860'],
    [1e-9, 'could be luck less than 1 time in a million'],
  ])('a p of %d %s', (p, words) => expect(luck(p)).toBe(words));

  test('has its sign and its unit', () => {
    expect([signed(2.51, 1), signed(-0.4, 1), signed(-0.04, 1)]).toEqual(['+2.5', '−0.4', '0.0']);
    expect([signedPercent(-0.004), signedPercent(0.2)]).toEqual(['0\u00a0%', '+20\u00a0%']);
    expect([points(0.0251), points(-0.004)]).toEqual(['2.5 points', '0.4 points']);
    expect([counted(1, 'text'), counted(1204, 'person', 'people')]).toEqual(['1 text', '1,204 people']);
  });
});

test('a line of the history is said in the names of its steps', () => {
  const names = { ...ID_NAMES, step: (node: string) => `<${node}>`, port: () => 'YES' };
  expect(trailLine({ do: 'pass', from: 'ask', port: 'yes', to: 'thanks' }, names).words).toBe(
    'Left “<ask>” by “YES” to “<thanks>”',
  );
  expect(trailLine({ do: 'pass', from: '$start', port: 'next', to: 'ask' }, names).words).toBe(
    'Began with “<ask>”',
  );
  expect(trailLine({ do: 'suppressed', node: 'ad', reason: 'stopped' }, names)).toMatchObject({
    words: 'Held back the text of “<ad>”: this person said STOP.',
    tone: 'warn',
  });
  expect(trailLine({ do: 'event', type: 'reply.other' }, names).words).toBe(
    'The reply was none of the answers',
  );
});

describe('a numbered list', () => {
  test('is narrowed down from its first page, and paged through as it is narrowed', () => {
    type Filter = { search?: string; status?: 'live'; page?: number };
    let filter: Filter = { status: 'live', page: 3 };
    const { change, toPage } = listMoves<Filter>(({ search }) => {
      filter = search(filter);
    });
    change({ search: 'join' });
    expect(filter).toEqual({ search: 'join', status: 'live', page: undefined });
    toPage(2);
    expect(filter).toEqual({ search: 'join', status: 'live', page: 2 });
    toPage(1);
    expect(filter.page).toBeUndefined();
  });
});

describe('somebody who was erased', () => {
  test('has no number any more, and their words say since when they are gone', () => {
    expect(shownPhone('+447700900123')).toBe('+44 7700 900123');
    expect(shownPhone('erased 01980000-0000-7000-8000-000000000000')).toBe('Erased');
    expect(erasedWords('2026-05-03T23:30:00Z', 'Europe/Berlin')).toBe('Erased with the person on 4 May 2026');
    expect(erasedWords(null, 'UTC')).toBe('Erased with the person');
  });
});

describe('a campaign', () => {
  const held = { outcome: 'held-back', reason: 'no-consent', people: 3 } as const;
  test.each([
    [true, []],
    [true, [held]],
    [false, [held, { outcome: 'started', reason: null, people: 1 } as const]],
  ])('begins with nobody: %s, of %j', (nobody, outcomes) => expect(beginsNobody({ outcomes })).toBe(nobody));
});

describe('limits of a sender', () => {
  test('come back from the form as they went in, and empty fields as none', () => {
    const fresh = {
      address: '12345',
      kind: 'short-code' as const,
      country: 'GB',
      gatewayId: 'g',
      programId: 'p',
      ...limitValues(null),
    };
    expect(senderInput(fresh)).toMatchObject({
      mostADay: null,
      perSecond: null,
      campaign: null,
      operators: [],
    });
    const limited = { operator: 'us-t-mobile', perSecond: '', mostADay: 2_000 };
    expect(senderInput({ ...fresh, operators: [limited] }).operators).toEqual([
      { operator: 'us-t-mobile', perSecond: null, mostADay: 2_000 },
    ]);
  });
});

describe('fields of a contact', () => {
  const fields = { city: 'Leeds', score: 9, vip: true, gone: null };

  test('that were not touched are not sent', () => expect(changesOf(fields, rowsOf(fields))).toEqual({}));

  test('keep their kind while they can, and are null when removed', () => {
    const rows = [
      { key: 1, name: 'score', value: '10', kept: true },
      { key: 2, name: 'vip', value: 'sometimes', kept: true },
      { key: 3, name: 'note', value: 'new', kept: false },
    ];
    expect(changesOf(fields, rows)).toEqual({ score: 10, vip: 'sometimes', note: 'new', city: null });
  });
});

describe('the live stream', () => {
  const message = (id: string, at: string): Message => ({
    id,
    at,
    direction: 'in',
    contact: null,
    sender: '12345',
    other: '+447700900001',
    text: id,
    segments: 1,
    status: 'decided',
    reason: null,
    unmatched: false,
    erased: null,
    flow: null,
  });
  const beat = (...messages: Message[]): LiveBeat => ({
    at: '',
    inbound: messages.length,
    outbound: 0,
    perMinute: { inbound: 0, outbound: 0 },
    messages,
    passages: [{ flowId: 'f', node: 'ask', port: 'yes', count: 2 }],
  });
  const a = message('a', '2026-11-21T12:00:00Z');
  const b = message('b', '2026-11-21T12:00:01Z');

  test('stands newest first, each text once, whichever way it came', () => {
    const stream = withMessages(withBeats(NO_STREAM, [beat(b), beat(a)], false), [a]);
    expect(stream.messages?.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(stream.passages.get('f')).toBe(4);
  });

  test('counts what comes while it is paused', () => {
    const stream = withBeats(withMessages(NO_STREAM, [a]), [beat(b)], true);
    expect([stream.messages?.length, stream.unseen]).toEqual([1, 1]);
  });

  test('asks again about a text until it is known what became of it', () => {
    const queued = withBeats(NO_STREAM, [beat({ ...b, direction: 'out', status: 'queued' }, a)], false);
    expect([NO_STREAM, queued].map(hasUnsettled)).toEqual([false, true]);
    expect(hasUnsettled(withMessages(queued, [{ ...b, direction: 'out', status: 'failed' }]))).toBe(false);
  });

  test('is not taken for empty before the first answer', () => {
    expect(withBeats(NO_STREAM, [beat()], false).messages).toBeUndefined();
  });
});

test('the line for the command line survives an apostrophe', () => {
  expect(curlLine('http://localhost/in', { from: '+1', to: '2', text: "it's" })).toContain(
    `'{"from":"+1","to":"2","text":"it'\\''s"}'`,
  );
});

test('plots of one column share a scale, which is never empty', () => {
  expect(scaleFor([], false)).toEqual({ low: 0, high: 1 });
  const { low, high } = scaleFor([{ low: 0.1, high: 0.3 }], true);
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0.3);
});
