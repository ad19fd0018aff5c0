import { describe, expect, it } from '@jest/globals';
import { decodeGsm7, encodeGsm7, isGsm7 } from '#shared/sms/gsm7.ts';
import { suggestGsm7 } from '#shared/sms/gsm7-suggestions.ts';
import { segment, segmentCount, withSuggestions } from '#shared/sms/segments.ts';
import * as fc from '../support/properties.ts';
import { readVectors } from '../vectors/read-vectors.ts';

interface Part {
  content?: string;
  text?: string;
  length?: number;
  bytes?: number;
  charCount?: number;
  byteCount?: number;
}

interface Vector {
  id: string;
  text: string;
  requested_encoding?: string;
  expected: {
    encoding?: string;
    segments?: number;
    messageSize_bits?: number;
    totalSize_bits?: number;
    unicode_scalars?: number;
    padded_units?: number;
    units_per_segment?: number;
    totalLength?: number;
    totalBytes?: number;
    parts?: Part[];
  };
}

const { vectors } = readVectors<{ vectors: Vector[] }>('segments');

// The splitters of split-sms replace what their forced alphabet lacks, or call an empty text Unicode; we choose by the text.
const FORCED_ENCODING = new Set(['split-sms-9', 'split-sms-21']);

describe('segments agree with the published vectors', () => {
  it.each(vectors.filter(({ id }) => !FORCED_ENCODING.has(id)).map((vector) => [vector.id, vector] as const))(
    '%s',
    (_, vector) => {
      const { expected, text } = vector;
      const found = segment(text);
      const bits = found.encoding === 'GSM-7' ? 7 : 16;
      const header = found.segments > 1 ? 48 * found.segments : 0;
      // Each metric is named by its source; those we don't have (characters: graphemes) are not compared.
      const ours = {
        encoding: found.encoding,
        segments: found.segments,
        messageSize_bits: found.units * bits,
        totalSize_bits: found.units * bits + header,
        unicode_scalars: [...text].length,
        padded_units: (found.segments - 1) * found.unitsPerSegment + found.unitsPerSegment - found.unitsLeft,
        units_per_segment: found.unitsPerSegment,
        totalLength: [...text].length,
        totalBytes: found.encoding === 'GSM-7' ? found.units : found.units * 2,
      };
      const { parts, ...metrics } = expected;
      for (const [name, value] of Object.entries(metrics)) {
        if (name in ours) expect([name, ours[name as keyof typeof ours]]).toEqual([name, value]);
      }
      if (parts) {
        expect(found.parts).toEqual(parts.map((part) => part.content ?? part.text));
        parts.forEach((part, i) => {
          const { units, encoding } = segment(found.parts[i] ?? '');
          expect(encoding === 'GSM-7' || found.encoding === 'UCS-2').toBe(true);
          const cost = found.encoding === 'GSM-7' ? units : (found.parts[i] ?? '').length;
          if (part.charCount !== undefined) expect(cost).toBe(part.charCount);
          if (part.byteCount !== undefined) expect(Math.ceil((cost * bits) / 8)).toBe(part.byteCount);
          if (part.bytes !== undefined) expect(found.encoding === 'GSM-7' ? cost : cost * 2).toBe(part.bytes);
          if (part.length !== undefined) expect([...(found.parts[i] ?? '')]).toHaveLength(part.length);
        });
      }
      expect(segmentCount(text)).toBe(found.segments);
    },
  );
});

describe('the GSM-7 alphabet', () => {
  const { table } = readVectors<{ table: { char: string; bytes: string; name: string }[] }>('gsm0338');

  it.each(table.map(({ char, bytes, name }) => [name, char, bytes] as const))('has %s', (_, char, bytes) => {
    const septets = encodeGsm7(char);
    expect(septets && Buffer.from(septets).toString('hex').toUpperCase()).toBe(bytes);
    expect(decodeGsm7(Buffer.from(bytes, 'hex'))).toBe(char);
  });

  it('has no other character', () => {
    const chars = new Set(table.map(({ char }) => char));
    for (let unit = 0; unit <= 0xffff; unit++) {
      const char = String.fromCharCode(unit);
      if (isGsm7(char) !== chars.has(char)) throw new Error(`U+${unit.toString(16)}`);
    }
  });

  it('shows an unknown extension as its basic character and drops an escape at the end', () => {
    expect(decodeGsm7(Uint8Array.of(0x1b, 0x41, 0x1b))).toBe('A');
  });
});

describe('the end of a UCS-2 part', () => {
  const partsOf = (middle: string) =>
    segment(`${'ж'.repeat(66)}${middle}${'ж'.repeat(10)}`).parts.map((part) => part.length);

  it.each(['\u{10000}', '\u{103ff}', '\u{10fc00}', '\u{10ffff}', '😀'])(
    'falls before %j, never within it',
    (pair) => {
      expect(partsOf(pair)).toEqual([66, 12]);
    },
  );

  it.each([
    ['a character below the surrogates', '\ud7ff\udc00'],
    ['half a pair without its other half', '\ud83da'],
    ['the halves in the wrong order', '\udc00\ud83d'],
    ['a high half and a character above the surrogates', '\ud83d\ue000'],
    ['two high halves', '\ud83d\ud83d'],
    ['two low halves', '\udc00\udc00'],
  ])('falls between %s', (_, halves) => {
    expect(partsOf(halves)).toEqual([67, 11]);
  });
});

describe('culprits', () => {
  it('name the characters that double the bill, where they stand and what says the same', () => {
    expect(segment('It’s 👍 “ok”…').culprits).toEqual([
      { char: '’', index: 2, suggestion: "'" },
      { char: '👍', index: 5, suggestion: null },
      { char: '“', index: 8, suggestion: '"' },
      { char: '”', index: 11, suggestion: '"' },
      { char: '…', index: 12, suggestion: '...' },
    ]);
    expect(segment('déjà vu [x] €').culprits).toEqual([]);
  });

  it.each([
    ['ê', 'e'],
    ['ç', 'c'],
    ['Ă', 'A'],
    ['ﬁ', 'fi'],
    ['\u00a0', ' '],
    ['–', '-'],
    ['\u200b', ''],
    ['\u0301', ''],
    ['½', null],
    ['ж', null],
    ['\ud83d', null],
  ])('suggest for %j %j', (char, suggestion) => {
    expect(suggestGsm7(char)).toBe(suggestion);
  });

  it('are gone when every suggestion is taken', () => {
    expect(withSuggestions('L’été — “promo” à 5\u00a0€…')).toBe(`L'été - "promo" à 5 €...`);
    for (let code = 0; code <= 0xffff; code++) {
      const suggestion = suggestGsm7(String.fromCharCode(code));
      if (suggestion !== null && !isGsm7(suggestion))
        throw new Error(`U+${code.toString(16)} → ${suggestion}`);
    }
  });
});

describe('segments of any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.constantFrom('a', 'é', '€', '[', ' ', '\n'), { maxLength: 700 })
      .map((chars) => chars.join('')),
    fc
      .array(fc.constantFrom('a', '€', '😀', 'ж', '\ud83d'), { maxLength: 400 })
      .map((chars) => chars.join('')),
  );

  it('joined are the text, each one fits, and the count is the same without cutting', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const found = segment(text);
        expect(found.parts.join('')).toBe(text);
        expect(found.parts).toHaveLength(found.segments);
        expect(segmentCount(text)).toBe(found.segments);
        const cost = (part: string) => (found.encoding === 'GSM-7' ? segment(part).units : part.length);
        for (const part of found.parts) expect(cost(part)).toBeLessThanOrEqual(found.unitsPerSegment);
        // As few parts as can be: the next character would not have fitted.
        found.parts.slice(1).forEach((part, i) => {
          const [next = ''] = part;
          expect(cost((found.parts[i] ?? '') + next)).toBeGreaterThan(found.unitsPerSegment);
        });
        expect(found.unitsLeft).toBe(found.unitsPerSegment - cost(found.parts.at(-1) ?? ''));
      }),
      { numRuns: 300 },
    );
  });
});
