import { describe, expect, test } from '@jest/globals';
import { bucket, chooseArm, HASH_VERSION } from '#flows/engine/bucket.ts';
import { Phone } from '#flows/engine/phone.ts';
import { PERSON, published, worldOf } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';

/** Numbers as an operator gives them out: one after the other. */
const NUMBERS = Array.from({ length: 20_000 }, (_, n) => `+1202555${String(n).padStart(5, '0')}`);

const counted = (salt: string, cells: number): number[] => {
  const counts = new Array<number>(cells).fill(0);
  for (const number of NUMBERS) {
    const cell = Math.floor(bucket(salt, number) * cells);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
};

const chiSquare = (counts: readonly number[]): number => {
  const expected = NUMBERS.length / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe('the bucket of a person', () => {
  test.each(['offer', 'summer-2026', 'a', 'constructor'])(
    'is spread evenly over consecutive numbers, salt %s',
    (salt) => {
      // 99.9 % of even spreads over 20 cells stay below 43.8 (chi-square, 19 degrees of freedom).
      expect(chiSquare(counted(salt, 20))).toBeLessThan(43.8);
    },
  );

  test('in one experiment says nothing about the bucket in another', () => {
    const both = NUMBERS.filter(
      (number) => bucket('one', number) < 0.5 && bucket('two', number) < 0.5,
    ).length;
    expect(Math.abs(both / NUMBERS.length - 0.25)).toBeLessThan(0.015);
  });

  test('never changes: these were computed by version 1 of the hash', () => {
    expect(HASH_VERSION).toBe(1);
    expect(
      [bucket('offer', '+12025550100'), bucket('offer', '+12025550101'), bucket('', '')].map((x) =>
        x.toFixed(9),
      ),
    ).toEqual(VERSION_1);
  });

  test('lies between 0 and 1 for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (salt, phone) => {
        const x = bucket(salt, phone);
        expect(x >= 0 && x < 1).toBe(true);
      }),
    );
  });
});

describe('the arm of a person', () => {
  const arms = [
    { id: 'a', weight: 3 },
    { id: 'b', weight: 1 },
    { id: 'none', weight: 0 },
  ];

  test('follows the weights', () => {
    const a = NUMBERS.filter((number) => chooseArm('offer', number, arms) === 'a').length / NUMBERS.length;
    expect(Math.abs(a - 0.75)).toBeLessThan(0.01);
    expect(NUMBERS.some((number) => chooseArm('offer', number, arms) === 'none')).toBe(false);
  });

  test('is some arm whatever the weights', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.string(), (ws, phone) => {
        const some = ws.map((weight, n) => ({ id: `arm-${n}`, weight }));
        const chosen = some.find(({ id }) => id === chooseArm('s', phone, some));
        expect(chosen).toBeDefined();
        if (ws.some((weight) => weight > 0)) expect(chosen?.weight).toBeGreaterThan(0);
      }),
    );
  });

  test('is kept when the weights change, and by people who came before', () => {
    const first = new Phone({ world: worldOf([published(experiment(1, 1))]), phone: PERSON, startAt: 0 });
    const [before] = first.says('GO');
    expect(before).toBe('a');
    const after = new Phone({ world: worldOf([published(experiment(0, 1))]), phone: PERSON, startAt: 0 });
    after.contact.arms = { ...first.contact.arms };
    expect(after.says('GO')).toEqual(['a']);
    expect(after.decisions[0]?.effects.map(({ kind }) => kind)).not.toContain('assign-arm');
    const fresh = new Phone({ world: worldOf([published(experiment(0, 1))]), phone: PERSON, startAt: 0 });
    expect(fresh.says('GO')).toEqual(['b']);
  });
});

const VERSION_1 = ['0.370505817', '0.803668393', '0.281904220'];

const experiment = (a: number, b: number) => ({
  schemaVersion: 1,
  name: 'Test',
  triggers: [{ kind: 'keyword', words: ['GO'] }],
  nodes: [
    {
      id: 'split',
      kind: 'split',
      config: {
        experiment: 'offer',
        arms: [
          { id: 'a', weight: a },
          { id: 'b', weight: b },
        ],
      },
    },
    { id: 'show-a', kind: 'message', config: { text: 'a' } },
    { id: 'show-b', kind: 'message', config: { text: 'b' } },
  ],
  edges: [
    { from: 'split', port: 'a', to: 'show-a' },
    { from: 'split', port: 'b', to: 'show-b' },
  ],
  start: 'split',
});
