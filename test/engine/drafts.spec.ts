import { describe, expect, test } from '@jest/globals';
import { inspect } from '#flows/definition/inspect.ts';
import { parse } from '#flows/definition/parse.ts';
import type { ConsentState, Effect } from '#flows/engine/effects.ts';
import { Phone } from '#flows/engine/phone.ts';
import type { Decision } from '#flows/engine/world.ts';
import { openFlow } from '#flows/open.ts';
import { opened, PERSON, published, worldOf } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';
import { randomDraft, randomFlow, randomHappening, randomText } from '../support/random-drafts.ts';

const LISTS = { news: 'double', club: 'single' } as const;

interface Talk {
  draft: unknown;
  happenings: readonly ({ says: string } | { after: number })[];
  /** What the person had agreed to before. */
  consents: Partial<Record<'news' | 'club', ConsentState>>;
}

/** Lets a random person loose on a random draft. */
function talk({ draft, happenings, consents }: Talk): Decision[] {
  const phone = new Phone({ world: worldOf([published(draft)], LISTS), phone: PERSON, startAt: 0 });
  for (const [list, state] of Object.entries(consents))
    phone.contact.consents[list] = { state, because: 'import' };
  phone.says('GO');
  for (const happening of happenings) {
    if ('says' in happening) phone.says(happening.says);
    else phone.wait(happening.after);
  }
  return phone.decisions;
}

const consent = fc.constantFrom<ConsentState[]>('none', 'pending', 'confirmed', 'confirmed', 'revoked');
const talks: fc.Arbitrary<Talk> = fc.record({
  draft: fc.oneof(randomDraft, randomFlow, randomFlow),
  happenings: fc.array(randomHappening, { maxLength: 12 }),
  consents: fc.record({ news: consent, club: consent }, { requiredKeys: [] }),
});

describe('any draft', () => {
  test('opens, however unfinished', () => {
    fc.assert(
      fc.property(randomDraft, (draft) => {
        const flow = openFlow(draft);
        expect(flow.definition !== null && flow.compiled.chart.whole.id).toBe('$flow');
        for (const { message, code } of flow.issues) expect([code, message].every(Boolean)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('is refused with issues where it is no flow at all, and never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => openFlow(json).issues.length >= 0));
    const deep = JSON.parse(`${'{"all":['.repeat(5_000)}${']}'.repeat(5_000)}`);
    expect(openFlow({ ...opened(MINIMAL).definition, nodes: [deep] }).issues).toMatchObject([
      { code: 'definition.depth' },
    ]);
  });

  test('can be talked to without a fault inside', () => {
    fc.assert(
      fc.property(talks, (one) => {
        const steps = talk(one).flatMap(({ trails }) => trails.flatMap((trail) => trail.steps));
        const faults = steps.flatMap((step) => (step.do === 'failed' ? [step.error] : []));
        // A loop without a wait is a drawing's fault and told as such; nothing else may go wrong.
        const loops = inspect(parsed(one.draft)).some(({ code }) => code === 'loop.no-wait');
        expect(loops ? [] : faults).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  test('cannot text anybody against their will', () => {
    fc.assert(
      fc.property(talks, (one) => {
        const consents = new Map<string, string>(Object.entries(one.consents));
        let stopped = false;
        for (const { route, effects } of talk(one)) {
          const answering = route.by !== 'wake';
          for (const effect of effects) {
            if (effect.kind === 'consent') consents.set(effect.list, effect.to);
            if (effect.kind === 'standing') stopped = effect.to === 'stopped';
            if (effect.kind === 'send') expect(allowed(effect, answering)).toBe(true);
          }
        }
        function allowed(send: Extract<Effect, { kind: 'send' }>, answering: boolean): boolean {
          if (send.purpose === 'marketing' && consents.get(send.list ?? '') !== 'confirmed') return false;
          return stopped ? answering && send.purpose === 'reply' : answering || send.purpose !== 'reply';
        }
      }),
      { numRuns: 250 },
    );
  });

  test('ends a run as failed where a step leads to itself without a wait, and records why', () => {
    const mark = { id: 'mark', kind: 'goal', config: { goal: 'seen' } };
    const draft = {
      ...MINIMAL,
      triggers: [{ kind: 'keyword', words: ['GO'] }],
      nodes: [mark],
      edges: [{ from: 'mark', port: 'next', to: 'mark' }],
      start: 'mark',
    };
    const phone = new Phone({ world: worldOf([published(draft)]), phone: PERSON, startAt: 0 });
    expect(phone.says('GO')).toEqual([]);
    expect(phone.run).toMatchObject({ status: 'ended', outcome: 'failed' });
    const steps = phone.decisions.flatMap(({ trails }) => trails.flatMap((trail) => trail.steps));
    expect(steps.filter((step) => step.do === 'failed')).toHaveLength(1);
    expect(phone.decisions[0]?.effects).toEqual([]);
  });

  test('decides the same twice', () => {
    fc.assert(
      fc.property(talks, (one) => {
        const told = (decisions: Decision[]) =>
          decisions.map(({ route, effects, trails }) => ({ route, effects, trails }));
        expect(told(talk(one))).toEqual(told(talk(one)));
      }),
      { numRuns: 50 },
    );
  });

  test('classifies every text into a category that has a way on', () => {
    fc.assert(
      fc.property(randomDraft, randomText, (draft, text) => {
        for (const node of opened(draft).nodes.values()) {
          const classified = node.classify?.({ text, normalised: text.toLowerCase() }, 'en');
          if (!classified) continue;
          const listens = Object.values(node.states((port) => ({ target: port }))).some(
            ({ on }) => on && Object.hasOwn(on, `reply.${classified.category}`),
          );
          expect(listens).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const MINIMAL = { schemaVersion: 1, name: 'Minimal', nodes: [], edges: [], start: null };

function parsed(draft: unknown) {
  const flow = parse(draft);
  if (flow.definition === null) throw new Error('A draft always parses.');
  return flow;
}
