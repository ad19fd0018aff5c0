import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { gate } from '#flows/engine/gate.ts';
import { printTranscript } from '#flows/engine/transcript.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { leaksOf } from '#flows/prove/properties/consent-gate.ts';
import { PROPERTIES } from '#flows/prove/properties/index.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld, proofWorldSchema } from '#flows/prove/world.ts';
import { BROKEN } from './broken-flows.ts';
import { DOUBTFUL } from './doubtful-flows.ts';
import { ask, end, FIRST, HELLO, parsed, say } from './draw.ts';

const ALL = [...BROKEN, ...DOUBTFUL];

describe.each(ALL.map((broken) => [`${broken.breaks}: ${broken.codes.join(', ')}`, broken] as const))(
  '%s',
  (_, { breaks, codes, flow, world, shows }) => {
    const { findings, certificate } = prove(parsed(flow), proofWorld(world));

    test('is found, and nothing else is', () => {
      const own = findings.filter(({ property }) => property === breaks);
      const others = findings.filter(({ property, code }) => property !== breaks && !codes.includes(code));
      expect(others).toEqual([]);
      expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([...codes].sort());
      expect(own.length).toBeGreaterThan(0);
      for (const { message } of findings) expect(message).toMatch(/^.+\.$/s);
    });

    test('is the one promise that the certificate says is broken', () => {
      const { verdict } = certificate.results.find(({ property }) => property === breaks) ?? {};
      expect(verdict).toBe('violated');
    });

    test(shows ? 'is shown in a conversation that was played' : 'needs no conversation', () => {
      const witnesses = findings.flatMap(({ witness }) => witness ?? []);
      expect(witnesses.map(({ lines }) => printTranscript(lines))).toEqual(shows ? [shows] : []);
      expect(witnesses.every(({ replayed }) => replayed)).toBe(true);
    });
  },
);

describe('every property', () => {
  test('has a flow that breaks it', () => {
    const broken = new Set(ALL.map(({ breaks }) => breaks));
    const missing = PROPERTIES.filter(({ id }) => id !== 'consent-gate' && !broken.has(id));
    expect(missing).toEqual([]);
  });

  test('is told in the documentation as it is', () => {
    const told = readFileSync(new URL('../../docs/proofs.md', import.meta.url), 'utf8');
    for (const { promise, severity } of PROPERTIES) expect(told).toContain(`| ${promise} | ${severity} |`);
    const [, world = ''] = /```json\n(.*?)```/s.exec(told) ?? [];
    expect(proofWorldSchema.safeParse(JSON.parse(world)).error).toBeUndefined();
  });

  test('has a name and an issue code of its own', () => {
    expect(new Set(PROPERTIES.map(({ id }) => id)).size).toBe(PROPERTIES.length);
    const owned = PROPERTIES.flatMap(({ owns }) => [...owns]);
    expect(new Set(owned).size).toBe(owned.length);
  });

  test('holds for a flow with nothing wrong', () => {
    const flow = parsed({ nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] });
    const { findings, certificate } = prove(flow, proofWorld({ lists: {}, otherFlows: [] }));
    expect(findings).toEqual([]);
    expect(certificate.results.every(({ verdict }) => verdict === 'holds')).toBe(true);
  });
});

test('a question to join a list may wait for as long as the list lets people answer', () => {
  const flow = parsed({
    nodes: { join: ['confirm', { text: FIRST, list: 'news', timeout: '3d' }], done: end },
    edges: ['confirmed', 'declined', 'unclear', 'timeout', 'suppressed'].map((port) => `join.${port} > done`),
  });
  const late = (asksHours?: number) =>
    prove(
      flow,
      proofWorld({ lists: { news: { optIn: 'double', asksHours } }, otherFlows: [] }),
    ).findings.filter(({ code }) => code === 'opt-in.late');
  expect([late(), late(72), late(71)].map(({ length }) => length)).toEqual([0, 0, 1]);
});

describe('the consent gate', () => {
  test('refuses whatever it must', () => expect(leaksOf(gate)).toEqual([]));

  test('is caught when it lets marketing through without consent', () => {
    const leaky = (question: Parameters<typeof gate>[0]) =>
      question.purpose === 'marketing' && question.consent === 'pending' ? null : gate(question);
    expect(leaksOf(leaky)).toContainEqual({
      purpose: 'marketing',
      consent: 'pending',
      tooYoung: false,
      stopped: false,
      frozen: false,
      answersMessage: false,
    });
  });

  test('is caught when it lets marketing through while somebody has to read what may be a STOP', () => {
    const leaky = (question: Parameters<typeof gate>[0]) => gate({ ...question, frozen: false });
    const leaks = leaksOf(leaky);
    expect(leaks.length).toBeGreaterThan(0);
    expect(
      leaks.every(
        ({ frozen, purpose, consent }) => frozen && purpose === 'marketing' && consent === 'confirmed',
      ),
    ).toBe(true);
  });

  test('is caught when it lets anything but an answer through after STOP', () => {
    const leaky = (question: Parameters<typeof gate>[0]) =>
      question.purpose === 'legal' ? null : gate(question);
    expect(leaksOf(leaky).every(({ stopped, purpose }) => stopped && purpose === 'legal')).toBe(true);
    expect(leaksOf(leaky).length).toBeGreaterThan(0);
  });
});

test('a reminder that is counted, as the sentence says, is no endless retry, and does come to an end', () => {
  const flow = parsed({
    nodes: {
      fresh: ['set-field', { field: 'reminded', value: { kind: 'number', number: 0 } }],
      ask: ask(FIRST, { purpose: 'service' }),
      count: [
        'set-field',
        { field: 'reminded', value: { kind: 'text', text: '{{contact.reminded | plus: 1}}' } },
      ],
      again: [
        'branch',
        {
          cases: [
            {
              id: 'enough',
              label: 'Enough',
              when: { variable: 'contact.reminded', operator: 'greater', value: 2 },
            },
          ],
        },
      ],
      done: end,
    },
    edges: [
      'fresh.next > ask',
      ...['yes', 'no', 'other'].map((port) => `ask.${port} > done`),
      'ask.timeout > count',
      'count.next > again',
      'again.enough > done',
      'again.else > ask',
    ],
  });
  const { findings } = prove(flow, proofWorld());
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const silent = {
    name: 'Says nothing',
    lines: [{ says: 'GO' }, ...Array.from({ length: 5 }, () => ({ after: '1d' }))],
  };
  const [played] = playGolden(flow, [silent]).results;
  expect(played?.happened.filter((line) => 'hears' in line)).toEqual(Array(3).fill({ hears: HELLO }));
});
