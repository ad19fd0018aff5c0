import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { explain } from '#flows/engine/explain.ts';
import type { Explanation, Goal } from '#flows/engine/explanation.ts';
import { Phone } from '#flows/engine/phone.ts';
import { type Destination, routeInbound } from '#flows/engine/route-inbound.ts';
import type { PublishedFlow, Route } from '#flows/engine/world.ts';
import { PERSON, published, worldOf } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';

interface FlowOf {
  triggers: object[];
  interruptible?: object;
  answers?: { id: string; words: string[] }[];
}
interface Case {
  why: string;
  flows: string[];
  given?: string[];
  known?: boolean;
  at?: string;
  says: string;
  to: string;
}
const { flows: FLOWS, cases: CASES } = JSON.parse(
  readFileSync(new URL('./routing-cases.json', import.meta.url), 'utf8'),
) as { flows: Record<string, FlowOf>; cases: Case[] };

const asked = new Map<string, PublishedFlow>();

/** A flow of the table, which asks one question. */
function asking(flowId: string): PublishedFlow {
  const flow = asked.get(flowId) ?? published(drawing(flowId), flowId);
  asked.set(flowId, flow);
  return flow;
}

function drawing(flowId: string): object {
  const { triggers, interruptible, answers } = FLOWS[flowId] ?? { triggers: [] };
  const yesNo = [
    { id: 'yes', words: ['YES'] },
    { id: 'no', words: ['NO'] },
  ];
  const config = { text: `${flowId}?`, answers: answers ?? yesNo, retries: 1, timeout: '24h' };
  return {
    schemaVersion: 1,
    name: flowId,
    triggers,
    ...(interruptible ? { interruptible } : {}),
    nodes: [{ id: 'ask', kind: 'question', title: `Ask ${flowId}`, config }],
    edges: [],
    start: 'ask',
  };
}

function phoneFor({
  flows,
  given = [],
  known,
  at = '2026-06-01T00:00:00Z',
}: Omit<Case, 'why' | 'says' | 'to'>) {
  const world = worldOf(flows.map(asking));
  const phone = new Phone({ world, phone: PERSON, startAt: Date.parse(at), ...(known ? { known } : {}) });
  for (const text of given) phone.says(text);
  return { phone, world };
}

const goalWords = (goal: Goal): string =>
  [goal.to, 'flow' in goal ? goal.flow.id : null, 'category' in goal ? goal.category : null]
    .filter((word) => word !== null)
    .join(' ');

function routeWords(route: Route | undefined): string {
  switch (route?.by) {
    case 'reserved':
      return route.meaning;
    case 'keyword':
      return `flow ${route.flowId}`;
    case 'unmatched':
      return route.flowId === null ? 'nobody' : `fallback ${route.flowId}`;
    case 'answer':
    case 'older-answer':
    case 'catch-all':
      return `${route.by} ${route.flowId} ${route.category}`;
    default:
      return 'no text';
  }
}

describe('where texts go', () => {
  test.each(CASES.map((one) => [one.why, one.says, one] as const))('%s: %j', (_why, says, one) => {
    const { phone, world } = phoneFor(one);
    const explanation = explain(says, phone.contact, world, { now: phone.now });
    expect(goalWords(explanation.goal)).toBe(one.to);
    phone.says(says);
    expect(routeWords(phone.decisions.at(-1)?.route)).toBe(one.to);
  });

  test('every flow of the table is in a case', () => {
    const used = new Set(CASES.flatMap(({ flows }) => flows));
    expect(Object.keys(FLOWS).filter((flow) => !used.has(flow))).toEqual([]);
  });
});

describe('an explanation', () => {
  const flows = fc.uniqueArray(fc.constantFrom(...Object.keys(FLOWS)), { minLength: 1, maxLength: 8 });
  const text = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...CASES.map(({ says }) => says)) },
    { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  );

  test('says what routing does, and of candidates exactly the keyword that is followed', () => {
    fc.assert(
      fc.property(
        fc.record({
          flows,
          given: fc.array(text, { maxLength: 3 }),
          known: fc.boolean(),
          at: fc.constantFrom('2026-06-01T00:00:00Z', '2027-01-15T00:00:00Z', '2027-02-01T00:00:00Z'),
        }),
        text,
        (situation, says) => {
          const { phone, world } = phoneFor(situation);
          const facts = { now: phone.now };
          const explanation = explain(says, phone.contact, world, facts);
          const destination = routeInbound(says, phone.contact, world, facts);
          expect(goalWords(explanation.goal)).toBe(destinationWords(destination));
          const meant = explanation.candidates.filter(({ verdict }) => verdict === 'meant');
          expect(meant.map(({ flow, word }) => [flow.id, word])).toEqual(
            destination.to === 'flow'
              ? [[destination.match.binding.target.flow.flowId, destination.match.binding.target.word]]
              : [],
          );
          expect(explanation.sentences.at(-1)).toMatch(/^So /);
        },
      ),
      { numRuns: 300 },
    );
  });

  function destinationWords(destination: Destination): string {
    switch (destination.to) {
      case 'run':
        return `${destination.rule} ${destination.run.flow.flowId} ${destination.classified.category}`;
      case 'flow':
        return `flow ${destination.match.binding.target.flow.flowId}`;
      case 'fallback':
        return `fallback ${destination.entrance.flow.flowId}`;
      default:
        return destination.to;
    }
  }

  const sentences = (one: Omit<Case, 'why' | 'to'>): Explanation['sentences'] => {
    const { phone, world } = phoneFor(one);
    return explain(one.says, phone.contact, world, { now: phone.now }).sentences;
  };

  test('tells the story of a text', () => {
    expect(sentences({ flows: ['strict', 'tea', 'all'], given: ['STRICT'], says: ' Tea!' })).toEqual([
      'It is read as “tea”.',
      '“Ask strict” of “strict” was asked last and waits for a reply, which is none of its answers.',
      '“TEA” of “tea”: the text begins with it, but something else goes first.',
      '“.*” of “all”: the text fits this pattern, but another keyword fits better.',
      '“strict” lets no keyword interrupt it, except cake: this one may not.',
      'So “Ask strict” of “strict” takes it, as “other”.',
    ]);
    expect(sentences({ flows: ['house', 'mouse'], says: 'touse' })).toEqual([
      '“HOUSE” of “house”: the text begins with it but for a typo, but another word is as near, so nobody can tell.',
      '“MOUSE” of “mouse”: the text begins with it but for a typo, but another word is as near, so nobody can tell.',
      'So nobody takes it.',
    ]);
    expect(sentences({ flows: ['january'], says: 'sale' })).toEqual([
      '“SALE” of “january”: the text begins with it, but it does not count yet.',
      'So nobody takes it.',
    ]);
    expect(sentences({ flows: ['tea'], given: ['STOP'], says: 'YES' })).toEqual([
      'It is read as “yes”.',
      'YES is a reserved word and asks to hear from us again. It comes after a keyword or an answer that names it.',
      'It is no keyword here.',
      'So it takes back an earlier STOP.',
    ]);
  });
});
