import { describe, expect, test } from '@jest/globals';
import { begunWhen, ways } from '#client/features/editor/golden/begun-when.ts';
import { compareLines } from '#client/features/editor/golden/difference.ts';
import { unusedName } from '#client/lib/unused-name.ts';
import { oldWordOf } from '#client/features/editor/golden/old-word.ts';
import { neededBy } from '#client/features/editor/needs/needed-by.ts';
import { acceptancesOf, groupFindings, reasonsOf } from '#client/features/editor/publish/doubts.ts';
import { afterRefusal, findingsIn, together } from '#client/features/editor/publish/refusal.ts';
import { ApiError } from '#client/lib/api/api-error.ts';
import { createRehearsal } from '#client/lib/rehearsal/rehearsal.ts';
import { readFlowFile, writeFlowFile } from '#flows/definition/flow-file.ts';
import { error, warning } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';
import { openFlow } from '#flows/open.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { conversationsSchema } from '#shared/api/conversations.ts';

describe('a saved conversation and how it reads now', () => {
  test('are compared after each input, so that one text more does not shift the rest', () => {
    const saved = [{ says: 'JOIN' }, { hears: 'Hello' }, { says: 'YES' }, { hears: 'Thanks' }];
    const now = [
      { says: 'JOIN' },
      { hears: 'Hello' },
      { hears: 'And more' },
      { says: 'YES' },
      { hears: 'Great' },
    ];
    expect(compareLines(saved, now)).toEqual([
      { line: { says: 'JOIN' }, in: 'both' },
      { line: { hears: 'Hello' }, in: 'both' },
      { line: { hears: 'And more' }, in: 'now' },
      { line: { says: 'YES' }, in: 'both' },
      { line: { hears: 'Thanks' }, in: 'saved' },
      { line: { hears: 'Great' }, in: 'now' },
    ]);
  });

  test('that are the same have nothing marked', () => {
    for (const { conversations } of TEMPLATES) {
      for (const { lines } of conversations) {
        expect(compareLines(lines, lines)).toEqual(lines.map((line) => ({ line, in: 'both' })));
      }
    }
  });

  test('get names of their own', () => {
    expect(unusedName('YES', new Set())).toBe('YES');
    expect(unusedName('YES', new Set(['YES', 'YES (2)']))).toBe('YES (3)');
  });
});

describe('conversations that begin with a word', () => {
  const starts = (...words: string[]) =>
    parse({
      name: 'x',
      schemaVersion: 1,
      triggers: [{ kind: 'keyword', words }],
      nodes: [],
      edges: [],
      start: null,
    }).definition?.triggers ?? [];
  const talks = ['JOIN', 'join please', 'STOP'].map((says) => ({ name: says, lines: [{ says }] }));

  test('that starts the flow no more are told of the one that does', () => {
    expect(oldWordOf(starts('CLUB', 'IN'), talks)).toEqual({
      old: 'join',
      now: 'CLUB',
      count: 2,
      flow: null,
    });
  });

  test('that starts another flow by now are told which', () => {
    const played = [
      { elsewhere: [{ by: 'stop', flow: 'Bye' }] },
      { elsewhere: [{ by: 'Join', flow: 'Gym' }] },
    ];
    expect(oldWordOf(starts('CLUB'), talks, played)).toMatchObject({ old: 'join', flow: 'Gym' });
  });

  test('of the flow, or seldom with another, are left alone', () => {
    expect(oldWordOf(starts('Join'), talks)).toBeNull();
    expect(oldWordOf(starts('JOIN', 'CLUB'), talks)).toBeNull();
    expect(oldWordOf([], talks)).toBeNull();
    expect(oldWordOf(starts('CLUB'), [])).toBeNull();
  });
});

describe('a chat on the phone', () => {
  test('is written down as conversations are saved', () => {
    const flow = openFlow(TEMPLATES[0]?.definition);
    if (flow.definition === null) throw new Error('No template.');
    const rehearsal = createRehearsal(() => 0);
    rehearsal.open('one', flow.compiled);
    expect(rehearsal.recorded()).toBeNull();
    rehearsal.says('JOIN');
    rehearsal.waits(3_600);
    rehearsal.waits(100_001);
    rehearsal.says('YES');
    const recorded = rehearsal.recorded();
    expect(recorded?.chat.lines.filter((line) => !('hears' in line))).toEqual([
      { says: 'JOIN' },
      { after: '1h' },
      { after: '1666m' },
      { after: '41s' },
      { says: 'YES' },
    ]);
    expect(recorded?.chat.lines[1]).toEqual({ hears: expect.stringContaining('YES') });
    expect(conversationsSchema.safeParse([{ ...recorded?.chat, name: 'A chat' }]).success).toBe(true);
  });

  /** Saves what is said to a flow from that moment on, as the editor does. */
  const saved = (definition: unknown, at: string, texts: readonly string[]) => {
    const flow = openFlow(definition);
    if (flow.definition === null) throw new Error(`No flow: ${JSON.stringify(flow.issues)}`);
    const rehearsal = createRehearsal(() => Date.parse(at));
    rehearsal.open('one', flow.compiled);
    const heard = texts.flatMap((text) => rehearsal.says(text));
    const recorded = rehearsal.recorded();
    if (!recorded) throw new Error('Nothing was recorded.');
    const all = ways(recorded, 'A chat');
    const conversation = begunWhen(all, playGolden(flow, all).results);
    const [again] = playGolden(flow, [conversation]).results;
    expect(again?.same).toBe(true);
    expect(conversation.lines.flatMap((line) => ('hears' in line ? [line.hears] : []))).toEqual(heard);
    return conversation;
  };
  const hours = (zone: string) => ({
    schemaVersion: 1,
    name: 'Shop',
    triggers: [{ kind: 'keyword', words: ['SHOP'] }],
    nodes: [
      { id: 'hours', kind: 'window', config: { hours: [{ days: [1], from: '09:00', to: '10:00' }], zone } },
      { id: 'in', kind: 'message', config: { text: 'Come in.' } },
      { id: 'out', kind: 'message', config: { text: 'Closed.' } },
    ],
    edges: [
      { from: 'hours', port: 'open', to: 'in' },
      { from: 'hours', port: 'closed', to: 'out' },
    ],
    start: 'hours',
  });

  test('is saved with the moment it begins at where that makes a difference, told by UTC, and with none where it does not', () => {
    const open = saved(hours('Asia/Tokyo'), '2026-06-01T00:30:00Z', ['SHOP']);
    expect(open).toMatchObject({ begins: '2026-06-01T09:30:00.000Z', lines: [{}, { hears: 'Come in.' }] });
    expect(saved(hours('Asia/Tokyo'), '2026-06-01T03:00:00Z', ['SHOP'])).not.toHaveProperty('begins');
    expect(saved(hours('UTC'), '2026-06-01T09:30:00Z', ['SHOP']).begins).toBe('2026-06-01T09:30:00.000Z');
  });
});

describe('a file of a flow', () => {
  const talks = [{ name: 'Hello', lines: [{ says: 'HI' }] }];

  test('carries its conversations, and is a plain definition without them', () => {
    const definition = { schemaVersion: 1, name: 'Hi' };
    expect(readFlowFile(writeFlowFile(definition, talks))).toEqual({
      definition,
      conversations: talks,
      world: null,
      issues: [],
    });
    expect(readFlowFile(writeFlowFile(definition, []))).toEqual({
      definition,
      conversations: null,
      world: null,
      issues: [],
    });
  });

  test('carries the world in which its conversations are heard, and nothing of what else is published', () => {
    const definition = { schemaVersion: 1, name: 'Hi' };
    const world = { country: 'GB', lists: { news: { optIn: 'double' } }, program: { brand: 'Bluebird' } };
    const known = { ...world, otherFlows: [{ name: 'Secret' }], published: null, flowId: 'f' };
    expect(readFlowFile(writeFlowFile(definition, talks, known))).toMatchObject({ definition, world });
    expect(readFlowFile(writeFlowFile(definition, talks, known)).world).toEqual(world);
  });

  test('says which of its conversations cannot be read', () => {
    const { issues } = readFlowFile({
      name: 'Hi',
      conversations: [{ name: 'Hello', lines: [{ sings: 'la' }] }],
    });
    expect(issues[0]).toMatchObject({
      code: 'conversations.shape',
      place: { path: expect.stringMatching(/^conversations\.0\.lines\.0/) },
    });
  });
});

describe('what is doubtful', () => {
  const twice = [
    warning('wait.endless', 'One', { node: 'ask' }),
    warning('wait.endless', 'Two', { node: 'ask' }),
    warning('node.unreachable', 'Three', { node: 'lost' }),
  ];

  test('takes one reason for each kind and place, and none may be missing', () => {
    const groups = groupFindings(twice);
    expect(groups.map(({ issues }) => issues.length)).toEqual([2, 1]);
    const [first, second] = groups;
    const reasons = { [first?.key ?? '']: ' It is so. ' };
    expect(acceptancesOf(groups, reasons)).toBeNull();
    expect(acceptancesOf(groups, { ...reasons, [second?.key ?? '']: 'Later.' })).toEqual([
      { code: 'wait.endless', place: { node: 'ask' }, reason: 'It is so.' },
      { code: 'node.unreachable', place: { node: 'lost' }, reason: 'Later.' },
    ]);
  });

  test('keeps the reason of the version before', () => {
    const [group] = groupFindings(twice);
    const reasons = reasonsOf({
      doubts: [{ code: 'wait.endless', message: 'One', place: { node: 'ask' }, reason: 'It is so.' }],
    });
    expect(reasons[group?.key ?? '']).toBe('It is so.');
  });
});

test('what a workspace lacks can be added at once', () => {
  const { definition } = parse(TEMPLATES[1]?.definition);
  if (definition === null) throw new Error('No template.');
  const step = definition.nodes.find(({ kind }) => kind === 'subscribe');
  const lack = neededBy(
    error('list.unknown', 'There is no list “club”.', { node: step?.id ?? '' }),
    definition,
  );
  expect(lack).toEqual({
    label: 'Add the list “club”',
    needs: { lists: [{ key: 'club', name: 'Club', optIn: 'double' }], contests: [], vouchers: [] },
  });
  expect(neededBy(error('keyword.taken', 'Taken.'), definition)).toBeNull();
});

describe('a draft that the server would not publish', () => {
  const refusal = (...issues: ApiError['issues']) =>
    new ApiError(422, 'flow.needs-reason', 'No.', null, issues);
  const unclear = {
    code: 'text.first',
    place: 'hello.config.text',
    message: 'It does not say who sends it.',
    finding: { severity: 'warning' as const, place: { node: 'hello', path: 'config.text' } },
  };
  const witness = { lines: [{ says: 'DEALS' }], given: ['has left news'], replayed: true };
  const unasked = {
    code: 'send.suppressed-unanswered',
    place: 'deal.suppressed',
    message: 'Nobody agreed to it.',
    conversation: '> DEALS',
    finding: { severity: 'error' as const, place: { node: 'deal', port: 'suppressed' }, witness },
  };

  test('shows what was found with the conversation, like what the editor finds itself', () => {
    expect(findingsIn(refusal(unasked))).toEqual([
      { code: unasked.code, message: unasked.message, ...unasked.finding },
    ]);
    expect(findingsIn(refusal({ code: 'body.too-small', place: 'note', message: 'Too short.' }))).toEqual([]);
    expect(findingsIn(new Error('offline'))).toEqual([]);
  });

  test('asks for a reason once, and again after the next refusal; what was mended is gone', () => {
    const first = afterRefusal([], refusal(unasked, unclear));
    const second = afterRefusal(first, refusal());
    expect(second.map(({ code }) => code)).toEqual(['text.first']);
    expect(groupFindings(together(second, findingsIn(refusal(unclear))))).toHaveLength(1);
  });
});
