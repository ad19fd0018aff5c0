import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Scalar } from '#flows/engine/effects.ts';
import type { Reply } from '#flows/engine/node-kind.ts';
import { textsFor } from '#flows/replies/examples.ts';
import { replyTestSchema } from '#flows/replies/reply-test.ts';
import { testReader } from '#flows/replies/test-reader.ts';
import { normalise } from '#shared/sms/text.ts';

/** One test with what it makes of texts. `keeps` null: it does not hold. */
interface CaseTable {
  test: unknown;
  language?: string;
  now?: string;
  offsetMinutes?: number;
  phone?: string;
  cases: { says: string; media?: string[]; keeps: Scalar; leads?: boolean }[];
}

const FOLDER = new URL('../../flows/replies/cases/', import.meta.url);
const tablesOf = (name: string): CaseTable[] =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
const NAMES = replyTestSchema.options.map((option) => option.shape.test.value);

const replyOf = (table: CaseTable, text: string, media?: string[]): Reply => ({
  text,
  normalised: normalise(text),
  now: table.now === undefined ? 0 : Date.parse(table.now),
  offsetMinutes: table.offsetMinutes ?? 0,
  ...(table.phone === undefined ? {} : { phone: table.phone }),
  ...(media === undefined ? {} : { media }),
});

test('every test of a reply has its table of cases, and no table is without a test', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.json`).sort());
});

describe.each(NAMES)('the reply test %s', (name) => {
  const tables = tablesOf(name).map((table) => [JSON.stringify(table.test), table] as const);

  test.each(tables)('%s', (_, table) => {
    const parsed = replyTestSchema.parse(table.test);
    expect(parsed.test).toBe(name);
    const read = testReader(parsed, table.language ?? 'en');
    const kept = table.cases.map(({ says, media, leads }) => {
      const found = read(replyOf(table, says, media));
      return { says, keeps: found?.value ?? null, ...(leads === undefined ? {} : { leads: found?.leads }) };
    });
    expect(kept).toEqual(table.cases.map(({ media: _media, ...one }) => one));
  });

  test('holds for some texts and not for others', () => {
    const all = tablesOf(name).flatMap(({ cases }) => cases);
    expect(all.some(({ keeps }) => keeps !== null)).toBe(true);
    if (name !== 'anything') expect(all.some(({ keeps }) => keeps === null)).toBe(true);
  });

  test('gives examples that it holds for', () => {
    if (name === 'media') return;
    for (const table of tablesOf(name)) {
      const parsed = replyTestSchema.parse(table.test);
      const language = table.language ?? 'en';
      const read = testReader(parsed, language);
      const passing = textsFor(parsed, language).filter((text) => read(replyOf(table, text)) !== null);
      expect([table.test, passing.length > 0]).toEqual([table.test, true]);
    }
  });
});
