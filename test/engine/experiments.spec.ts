import { describe, expect, test } from '@jest/globals';
import { HASH_VERSION } from '#flows/engine/bucket.ts';
import { Phone } from '#flows/engine/phone.ts';
import type { PublishedFlow } from '#flows/engine/world.ts';
import { PERSON, published, worldOf } from '../support/phone-stage.ts';

const GOING_ON = { kind: 'message', config: { text: 'Hello', purpose: 'service' } };

/** A test whose arms all lead to one step, and to a goal behind it. */
const flowOf = (arms: readonly [id: string, weight: number][], step: object = GOING_ON): PublishedFlow =>
  published({
    schemaVersion: 1,
    name: 'Offer',
    triggers: [{ kind: 'keyword', words: ['GO'] }],
    nodes: [
      {
        id: 'test',
        kind: 'split',
        config: { experiment: 'offer', arms: arms.map(([id, weight]) => ({ id, weight })) },
      },
      { id: 'then', ...step },
      { id: 'bought', kind: 'goal', config: { goal: 'bought' } },
    ],
    edges: [
      ...arms.map(([port]) => ({ from: 'test', port, to: 'then' })),
      { from: 'then', port: 'next', to: 'bought' },
    ],
    start: 'test',
  });

const phoneOn = (flow: PublishedFlow, stored?: string) => {
  const phone = new Phone({ world: worldOf([flow]), phone: PERSON, startAt: 0 });
  if (stored !== undefined) phone.contact.arms = { offer: stored };
  return phone;
};

const effectsOf = (phone: Phone) =>
  phone.decisions
    .flatMap(({ effects }) => effects)
    .flatMap((effect) =>
      effect.kind === 'assign-arm' || effect.kind === 'expose' || effect.kind === 'convert'
        ? [`${effect.kind} ${effect.arm}`]
        : [],
    );

describe('the arm of an experiment', () => {
  test('is stored with the version of its hash when somebody first meets it, and stays', () => {
    const phone = phoneOn(
      flowOf([
        ['a', 1],
        ['b', 0],
      ]),
    );
    phone.says('GO');
    expect(phone.decisions[0]?.effects).toContainEqual({
      kind: 'assign-arm',
      experiment: 'offer',
      arm: 'a',
      hashVersion: HASH_VERSION,
    });
    phone.says('GO');
    expect(effectsOf(phone)).toEqual(['assign-arm a', 'expose a', 'convert a', 'expose a', 'convert a']);
  });

  test.each(['a', 'b'])('is the stored one (%s), whatever the weights are by now', (stored) => {
    for (const weights of [
      [1, 0],
      [0, 1],
    ] as const) {
      const phone = phoneOn(
        flowOf([
          ['a', weights[0]],
          ['b', weights[1]],
        ]),
        stored,
      );
      phone.says('GO');
      expect(effectsOf(phone)).toEqual([`expose ${stored}`, `convert ${stored}`]);
      expect(phone.contact.arms).toEqual({ offer: stored });
    }
  });

  test('that is drawn no more is replaced for this run, and what is stored stays', () => {
    const phone = phoneOn(
      flowOf([
        ['a', 1],
        ['b', 0],
      ]),
      'gone',
    );
    phone.says('GO');
    expect(effectsOf(phone)).toEqual(['expose a', 'convert a']);
    expect(phone.contact.arms).toEqual({ offer: 'gone' });
  });
});

describe('an exposure', () => {
  const refused = { kind: 'message', config: { text: 'Sale', purpose: 'marketing', list: 'news' } };

  test('is made by a text that goes out or by a rest, once a run', () => {
    const rests = flowOf(
      [
        ['a', 1],
        ['b', 0],
      ],
      { kind: 'delay', config: { duration: '1h' } },
    );
    const phone = phoneOn(rests);
    phone.says('GO');
    expect(effectsOf(phone)).toEqual(['assign-arm a', 'expose a']);
    phone.wait(3_600);
    expect(effectsOf(phone)).toEqual(['assign-arm a', 'expose a', 'convert a']);
  });

  test('is none where the text was refused, nor is a goal behind it a conversion', () => {
    const phone = phoneOn(
      flowOf(
        [
          ['a', 1],
          ['b', 0],
        ],
        refused,
      ),
    );
    phone.says('GO');
    expect(effectsOf(phone)).toEqual(['assign-arm a']);
  });
});
