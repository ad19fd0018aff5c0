import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { binaryArray, type ColumnType, type ColumnValue } from '#server/database/binary-array.ts';
import { clean } from '#shared/sms/text.ts';
import { createEmptyDatabase } from '../support/database.ts';
import * as fc from '../support/properties.ts';

let client: pg.Client;
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;

beforeAll(async () => {
  database = await createEmptyDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.close();
});

/** What PostgreSQL understood, as text, so that nothing on our side of the wire can hide a mistake. */
async function understood(type: ColumnType, values: readonly ColumnValue[]): Promise<(string | null)[]> {
  const as = type === 'bytea' ? `encode(v, 'hex')` : type === 'timestamptz' ? MICROSECONDS : 'v::text';
  const { rows } = await client.query<{ v: string | null }>(
    `select ${as} as v from unnest($1::${type}[]) with ordinality as u(v, n) order by n`,
    [binaryArray(type, values)],
  );
  return rows.map((row) => row.v);
}

const MICROSECONDS = `((extract(epoch from v) * 1000000)::numeric(30, 0))::text`;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** For each type: values that are easy to get wrong, and how PostgreSQL says them. */
const TYPES: { [Type in ColumnType]: [fc.Arbitrary<ColumnValue>, (value: never) => string] } = {
  uuid: [fc.uuid(), (value: string) => value],
  text: [
    fc
      .oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '{}', 'NULL', '"\\'),
      )
      .map(clean),
    (value: string) => value,
  ],
  int4: [
    fc.oneof(fc.integer(), fc.constantFrom(0, -1, 2 ** 31 - 1, -(2 ** 31))),
    (value: number) => String(value),
  ],
  bool: [fc.boolean(), (value: boolean) => String(value)],
  timestamptz: [
    fc.oneof(
      fc.integer({ min: Date.UTC(1720, 0), max: Date.UTC(2250, 0) }),
      fc.constantFrom(0, -1, 946_684_799_999, 946_684_800_000),
    ),
    (value: number) => `${BigInt(value) * 1000n}`,
  ],
  json: [
    fc.constantFrom('{}', '[1,  2]', 'null', '"\\u00e4"', '{"b": 1, "a": [{}], "b": 2}'),
    (value: string) => value,
  ],
  jsonb: [
    fc.oneof(
      fc.integer().map(String),
      fc.boolean().map(String),
      fc.constantFrom('{}', '[]', 'null', '""', '{"a": [1, {"b": null}]}'),
    ),
    (value: string) => value,
  ],
  bytea: [fc.uint8Array({ maxLength: 200 }), (value: Uint8Array) => hex(value)],
};

describe.each(Object.entries(TYPES))('a column of %s', (type, [values, said]) => {
  test('arrives as it was, with its nulls, also when it is empty', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(values), { maxLength: 30 }), async (column) => {
        expect(await understood(type as ColumnType, column)).toEqual(
          column.map((value) => (value === null ? null : said(value as never))),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('at the edges', () => {
  test('500 long texts of every kind of character', async () => {
    const texts = Array.from(
      { length: 500 },
      (_, n) => `${n} ${'Grüße \u{1F469}\u200D\u{1F4BB} ش \u202E'.repeat(50)}`,
    );
    expect(await understood('text', texts)).toEqual(texts);
  });

  test('JSON with every escape', async () => {
    const value = JSON.stringify({ 'a "key"\\': 'line\n\ttab \u{1F600} \u2028' });
    const [stored] = await understood('jsonb', [value]);
    expect(JSON.parse(stored ?? '')).toEqual(JSON.parse(value));
  });

  test('a lone surrogate is stored as the replacement character', async () => {
    expect(await understood('text', ['a\ud83d!'])).toEqual(['a\ufffd!']);
  });

  test.each([
    ['the farthest date of JavaScript', 8_640_000_000_000_000],
    ['a day of the pharaohs', Date.UTC(-2500, 0, 1, 12, 34, 56, 789)],
    ['the last of the year 9999', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
  ])('%s is right to the millisecond', async (_, time) => {
    const [stored] = await understood('timestamptz', [time]);
    expect(Math.round(Number(stored) / 1000)).toBe(time);
  });

  test.each([
    ['a NUL in a text', 'text', 'a\u0000b'],
    ['a date before PostgreSQL began to count', 'timestamptz', -8_640_000_000_000_000],
    ['broken JSON', 'jsonb', '{'],
  ] as const)('%s is refused as data, and the connection goes on', async (_, type, value) => {
    await expect(understood(type, [value])).rejects.toMatchObject({ code: expect.stringMatching(/^22/) });
    expect(await understood('int4', [1])).toEqual(['1']);
  });

  test('a number that does not fit is refused before it is sent', () => {
    expect(() => binaryArray('int4', [2 ** 31])).toThrow(/out of range/);
  });

  test('what is no UUID is refused, never filled up', () => {
    expect(() => binaryArray('uuid', [''])).toThrow();
    expect(() => binaryArray('uuid', ['0190-not-one'])).toThrow();
  });
});
