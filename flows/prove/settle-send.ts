import type { ConsentState, EffectRequest, Scalar } from '../engine/effects.ts';
import type { RunEvent } from '../engine/events.ts';
import { gate, type Refusal } from '../engine/gate.ts';
import { ageFact, type Fork, type Guess, listFact, STOPPED } from './facts.ts';
import type { Note } from './notes.ts';
import { possibilities, type Scene } from './scene.ts';
import type { Settled } from './settled.ts';

const ACCEPTED: RunEvent = { type: 'answer.send.accepted' };
const SUPPRESSED: RunEvent = { type: 'answer.send.suppressed' };

interface Asked {
  fork: Fork;
  consent: ConsentState;
  tooYoung: boolean;
  stopped: boolean;
  refusal: Refusal | null;
}

/** Asks the gate in every state of consent that the facts leave open; and what is let through may be held back by other limits. */
export function settleSend(
  { purpose, field, list: named }: Extract<EffectRequest, { kind: 'send' }>,
  node: string,
  fork: Fork,
  answers: boolean,
  scene: Scene,
): Settled[] {
  const list = named ?? null;
  const wonder = (one: Fork, fact: string): Guess[] =>
    scene.table.wonder(one, fact, possibilities(fact, scene));
  const ask = (one: Fork, stopped: boolean, consent: ConsentState, tooYoung: boolean): Asked => {
    const refusal = gate({ purpose, consent, tooYoung, stopped, answersMessage: answers });
    return { fork: one, consent, tooYoung, stopped, refusal };
  };
  const years = list === null ? undefined : scene.ground.ages.get(list);
  const askOfAge = (one: Fork, stopped: boolean, consent: ConsentState): Asked[] =>
    years === undefined
      ? [ask(one, stopped, consent, false)]
      : merged(
          one,
          wonder(one, ageFact(years)).map(({ value, ...two }) => ask(two, stopped, consent, value !== true)),
        );
  const cases = wonder(fork, STOPPED).flatMap(({ value, ...one }) => {
    const stopped = value === true;
    if (list === null) return [ask(one, stopped, 'none', false)];
    const asked = wonder(one, listFact(list)).flatMap((two) => askOfAge(two, stopped, consentOf(two.value)));
    return merged(one, asked);
  });
  const settled = merged(fork, cases).map(({ fork: one, refusal, consent, tooYoung, stopped }): Settled => {
    const note: Note = { do: 'send', node, field, purpose, list, refusal, consent, tooYoung, stopped };
    return { fork: one, next: refusal ? SUPPRESSED : ACCEPTED, note };
  });
  const accepted = settled.find(({ next }) => next === ACCEPTED);
  if (accepted?.note?.do !== 'send') return settled;
  const note: Note = { ...accepted.note, refusal: 'forced' };
  return [...settled, { ...accepted, next: SUPPRESSED, note, forced: true }];
}

/** Where it comes out the same whatever the fact is, the fact stays unknown. */
function merged(before: Fork, cases: Asked[]): Asked[] {
  const [first] = cases;
  if (!first || cases.some(({ refusal }) => refusal !== first.refusal)) return cases;
  return [{ ...first, fork: { facts: before.facts, assumed: before.assumed } }];
}

const consentOf = (value: Scalar): ConsentState =>
  value === 'confirmed' || value === 'pending' || value === 'revoked' ? value : 'none';
