import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { reservedWords } from '#shared/sms/reserved-words.ts';
import { revocation } from '#shared/sms/revocation.ts';
import { normalise } from '#shared/sms/text.ts';
import * as fc from '../support/properties.ts';

/** The published table: what a text means to a sender of a country whose program speaks these languages. */
const casesSchema = z.array(
  z.strictObject({
    text: z.string(),
    country: z.string(),
    languages: z.array(z.string()),
    is: z.enum(['certain', 'unsure', 'none']),
  }),
);
const cases = casesSchema.parse(
  JSON.parse(readFileSync(new URL('./revocation-cases.json', import.meta.url), 'utf8')),
);

function read(text: string, country: string, languages: readonly string[]): string {
  return revocation(normalise(text), reservedWords(country, languages), languages)?.certainty ?? 'none';
}

describe('a wish to hear no more', () => {
  test.each(cases)('$text ($country, $languages) is $is', ({ text, country, languages, is }) => {
    expect(read(text, country, languages)).toBe(is);
  });

  test('is tried in at least 650 texts of five languages, and nobody decided one twice', () => {
    expect(cases.length).toBeGreaterThanOrEqual(650);
    expect(new Set(cases.flatMap(({ languages }) => languages))).toEqual(
      new Set(['en', 'fr', 'de', 'es', 'pt']),
    );
    const keys = cases.map(({ text, country, languages }) => `${text} ${country} ${languages.join()}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('is certain in every reserved STOP word, whatever punctuation, case and courtesy stand around it', () => {
    const stops = ['US', 'CA', 'GB', 'FR', 'DE'].flatMap((country) =>
      [...reservedWords(country, ['en']).values()]
        .filter(({ kind }) => kind === 'stop')
        .map(({ word }) => ({ country, word })),
    );
    const around = fc.constantFrom('', '!', '...', ' please', ' thanks', ' thank you!');
    fc.assert(
      fc.property(fc.constantFrom(...stops), around, fc.boolean(), ({ country, word }, after, lower) => {
        expect(read((lower ? word.toLowerCase() : word) + after, country, ['en'])).toBe('certain');
      }),
    );
  });

  test('never throws, and says nothing of an empty text', () => {
    expect(read('', 'US', ['en'])).toBe('none');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(['certain', 'unsure', 'none']).toContain(read(text, 'US', ['en', 'es']));
      }),
    );
  });
});
