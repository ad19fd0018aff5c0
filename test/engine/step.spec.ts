import { describe, expect, test } from '@jest/globals';
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type { CompiledFlow } from '#flows/engine/compile.ts';
import type { EffectRequest } from '#flows/engine/effects.ts';
import type { RunEvent } from '#flows/engine/events.ts';
import { advance, BEGINNING, hasEnded, type Passage, type Position } from '#flows/engine/step.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';
import { randomFlow } from '../support/random-drafts.ts';

const START: RunEvent = { type: 'start' };

/** Every event that something in the flow listens to, and some that nothing does. */
function alphabet({ nodes }: CompiledFlow): RunEvent[] {
  const types = new Set([
    'resume',
    'timeout',
    'stop',
    'cancel',
    'dlr.failed',
    'dlr.delivered',
    'event.paid',
    'reply.nonsense',
  ]);
  for (const node of nodes.values()) {
    for (const { on } of Object.values(node.states((port) => ({ target: port })))) {
      for (const type of Object.keys(on ?? {})) types.add(type);
    }
  }
  return [...types].map((type) => ({ type, value: `value of ${type}` }) as RunEvent);
}

/** A flow and which of its events happen to a run of it. */
const journeys = (definition: fc.Arbitrary<unknown>) =>
  fc.tuple(definition, fc.array(fc.nat(1_000), { maxLength: 25 }));

const templates = fc.constantFrom(...TEMPLATES).map(({ definition }) => definition);
// Rounds without a wait run into the fence of XState on both sides; here they would only cost time.
const flows = randomFlow.filter((draft) => !opened(draft).issues.some(({ code }) => code === 'loop.no-wait'));

describe('advance', () => {
  test.each([
    ['on the templates', templates, 120],
    ['on random flows', flows, 80],
  ] as const)("does what XState's own transition does, %s", (_, arbitrary, numRuns) => {
    fc.assert(
      fc.property(journeys(arbitrary), ([definition, choices]) => {
        const { compiled } = opened(definition);
        const known = alphabet(compiled);
        const events = choices.map((choice) => known[choice % known.length] ?? START);
        let position: Position = BEGINNING;
        let [snapshot] = initialTransition(compiled.chart.whole) as [AnyMachineSnapshot, unknown];
        for (const event of [START, ...events]) {
          const step = advance(compiled, position, event);
          // An actor that is done takes no event, though the bare function would.
          if (snapshot.status === 'done') {
            expect(step).toEqual({ position, asked: [], passages: [], taken: false });
            continue;
          }
          const [next, actions] = transition(compiled.chart.whole, snapshot, event);
          expect(step.taken).toBe(next !== snapshot || actions.length > 0);
          expect(stateOf(step.position)).toEqual(next.value);
          expect(step.position.context).toEqual(next.context);
          expect(told(step.asked, step.passages)).toEqual(toldBy(actions));
          // A run is stored as JSON between two events.
          position = JSON.parse(JSON.stringify(step.position));
          snapshot = next;
        }
      }),
      { numRuns },
    );
  });

  test('leaves alone what it is given, and what it was asked before', () => {
    const { compiled } = opened(TEMPLATES[0]?.definition);
    const { position } = advance(compiled, BEGINNING, { type: 'start' });
    const before = structuredClone(position);
    const once = advance(compiled, position, { type: 'answer.send.accepted' });
    const again = advance(compiled, position, { type: 'answer.send.accepted' });
    expect(position).toEqual(before);
    expect(again).toEqual(once);
  });

  test('keeps the value of a reply under the name the author gave', () => {
    const { compiled } = opened(TEMPLATES.find(({ id }) => id === 'nps-survey')?.definition);
    const waiting: Position = {
      node: 'score',
      place: 'wait-0',
      context: { answers: {}, arms: {}, unexposed: [] },
    };
    expect(advance(compiled, waiting, { type: 'reply.promoter', value: 9 }).position.context.answers).toEqual(
      { score: 9 },
    );
  });

  test('takes nothing after the end', () => {
    const { compiled } = opened(TEMPLATES[0]?.definition);
    const ended = advance(compiled, BEGINNING, { type: 'stop' }).position;
    expect(hasEnded(ended)).toBe(true);
    for (const event of alphabet(compiled))
      expect(advance(compiled, ended, event).position.node).toBe('$stopped');
  });
});

const stateOf = ({ node, place }: Position) => (place === '' ? node : { [node]: place });

/** What was asked and passed, without who asked. */
const told = (asked: readonly { request: EffectRequest }[], passages: readonly Passage[]) => ({
  asked: asked.map(({ request }) => request),
  passages: [...passages],
});

const toldBy = (actions: readonly { type: string; params?: unknown }[]) => ({
  asked: actions.filter(({ type }) => type === 'ask').map(({ params }) => params),
  passages: actions.filter(({ type }) => type === 'edge').map(({ params }) => params),
});
