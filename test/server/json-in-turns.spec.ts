import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { jsonInTurns } from '#server/common/json-in-turns.ts';
import * as fc from '../support/properties.ts';
import { turnsUntil } from '../support/turns-until.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** What becomes of a text; all that is no JSON is the same. */
async function outcomeOf(read: () => unknown): Promise<unknown> {
  try {
    return { value: await read() };
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error;
  }
}

const inTurns = (text: string) => outcomeOf(() => jsonInTurns(text, JSON.parse));
const atOnce = (text: string) => outcomeOf(() => JSON.parse(text));

/** Objects with lists, some of which are longer than what is parsed at once. */
const withLists = fc.dictionary(
  fc.string(),
  fc.oneof(
    fc.jsonValue(),
    fc.array(fc.jsonValue(), { maxLength: 5 }),
    fc
      .tuple(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 }), fc.constantFrom(1, 40_000))
      .map(([list, length]) => [...list, 'x"]}\\'.repeat(length / 5), ...list]),
  ),
  { maxKeys: 4 },
);

describe('JSON that is parsed in turns', () => {
  test('is what it is at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), withLists), fc.constantFrom(0, 1), async (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(await inTurns(text)).toEqual(await atOnce(text));
      }),
    );
  });

  test('is refused where it is at once, whatever stands where it should not, or is not there', async () => {
    await fc.assert(
      fc.asyncProperty(
        withLists,
        fc.nat(),
        fc.constantFrom('', ',', '[', ']', '{', '}', '"', '\\', '1', ':'),
        async (value, nat, sign) => {
          const text = JSON.stringify(value);
          const at = nat % text.length;
          const changed = text.slice(0, at) + sign + text.slice(at + (nat % 2));
          expect(await inTurns(changed)).toEqual(await atOnce(changed));
        },
      ),
    );
  });

  test.each([
    '',
    '[]',
    '{"a":[]}',
    '{"a":[ ]}',
    '{"a":[,]}',
    '{"a":[1,]}',
    '{"a":[1}',
    '{"a":[1]]',
    '{"a":[1],"a":[2]}',
  ])('%s is what it is at once', async (text) => {
    expect(await inTurns(text)).toEqual(await atOnce(text));
  });

  test('lets others have their turn between the pieces', async () => {
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now++);
    const text = JSON.stringify({
      rows: Array.from({ length: 2_000 }, (_, n) => ({ n, words: 'word '.repeat(40) })),
    });
    expect(await turnsUntil(jsonInTurns(text, JSON.parse))).toBeGreaterThan(3);
  });
});
