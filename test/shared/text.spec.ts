import { describe, expect, it } from '@jest/globals';
import { clean, MAX_TEXT_LENGTH, normalise, withoutWords, words } from '#shared/sms/text.ts';
import * as fc from '../support/properties.ts';

// Any sequence of UTF-16 units: lone surrogates, control characters and all.
const anyUnits = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        'A',
        'é',
        'ß',
        'İ',
        'ς',
        "'",
        '’',
        '-',
        '5',
        '.',
        ' ',
        '\u0301',
        '👍',
        '🏽',
        '\u200d',
        '\ufe0f',
        'ก',
        '่',
        '١',
        '\ud83d',
        '´',
      ),
    )
    .map((chars) => chars.join('')),
);

/** What most people text, punctuation of every kind among it. */
const ascii = fc
  .array(fc.constantFrom(...'aAz059', ...' .,:/-_\'@&*#!?()"$+<`~\t\n'), { maxLength: 20 })
  .map((chars) => chars.join(''));

describe('clean', () => {
  it.each([
    ['STOP\u0000', 'STOP'],
    ['one\r\ntwo\rthree\n\tfour', 'one\ntwo\nthree\n\tfour'],
    ['page\fbreak', 'page\nbreak'],
    ['half \ud83d a smile', 'half \ufffd a smile'],
    ['\ude00\ud83d', '\ufffd\ufffd'],
    ['whole 😀', 'whole 😀'],
    ['bell\u0007 and \u0085', 'bell and '],
  ])('makes %j into %j', (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  it('cuts what is too long without splitting a pair', () => {
    const text = clean(`${'x'.repeat(MAX_TEXT_LENGTH - 1)}😀`);
    expect(text).toBe('x'.repeat(MAX_TEXT_LENGTH - 1));
    expect(clean('y'.repeat(MAX_TEXT_LENGTH + 1))).toHaveLength(MAX_TEXT_LENGTH);
  });

  it('never throws, is idempotent, and what it gives is safe for PostgreSQL', () => {
    fc.assert(
      fc.property(anyUnits, (raw) => {
        const text = clean(raw);
        expect(clean(text)).toBe(text);
        expect(text).not.toMatch(/[\0\r]/);
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
    );
  });
});

describe('normalise', () => {
  it.each([
    ['JOIN', 'join'],
    ['  Join\n please ', 'join please'],
    ['“Join!”', 'join'],
    ['ＪＯＩＮ　２', 'join 2'],
    ['Arrêt', 'arret'],
    ['ARRE\u0302T', 'arret'],
    ['don’t', "don't"],
    ['İPTAL', 'iptal'],
    ['ıptal', 'iptal'],
    ['Straße', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['1️⃣', '1'],
    ['①', '1'],
    ['١٢', '12'],
    ['৩', '3'],
    ['-5', '-5'],
    ['−5', '-5'],
    ['5-', '5'],
    ['OPT–OUT', 'opt-out'],
    ['¿Sí?', 'si'],
    ['STOP.', 'stop'],
    ['Yes 👍🏽', 'yes 👍'],
    ['❤️', '❤'],
    ['👩‍👩‍👧', '👩👩👧'],
    ['?!', '?!'],
    ['', ''],
    ['   ', ''],
    ['ยกเลิก', 'ยกเลิก'],
    ['ไม่', 'ไม่'],
    ['বাতিল', 'বাতিল'],
    ['ထွက်သွား', 'ထွက်သွား'],
    ['إلغاء', 'إلغاء'],
    ['हाँ', 'हाँ'],
    ['비밀', '비밀'],
  ])('folds %j to %j', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it('never throws and is idempotent', () => {
    fc.assert(
      fc.property(anyUnits, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same on its short ways as on the long one', () => {
    // An invisible character sends any text the long way.
    fc.assert(
      fc.property(fc.oneof(anyUnits, fc.string({ unit: 'binary-ascii' })), (text) => {
        expect(normalise(text)).toBe(normalise(`${text}\u200b`));
      }),
      { numRuns: 500 },
    );
  });

  it('is idempotent for every character alone, and keeps those that are seen', () => {
    const unstable: string[] = [];
    const lost: string[] = [];
    for (let code = 0; code < 0x20000; code++) {
      const char = String.fromCodePoint(code);
      const once = normalise(char);
      if (normalise(once) !== once) unstable.push(code.toString(16));
      if (once === '' && !/^[\s\p{Default_Ignorable_Code_Point}]$/u.test(char)) lost.push(code.toString(16));
    }
    expect({ unstable, lost }).toEqual({ unstable: [], lost: [] });
  });

  it('goes the short way through ASCII and comes to the same', () => {
    fc.assert(
      fc.property(ascii, (text) => {
        const spaced = text.toLowerCase().replaceAll('`', "'").replace(/\s+/gu, ' ').trim();
        const stripped = spaced.replace(/^(?:\s|(?!-\d)\p{P})+/u, '').replace(/[\s\p{P}]+$/u, '');
        expect(normalise(text)).toBe(stripped || spaced);
      }),
      { numRuns: 500 },
    );
  });
});

describe('words', () => {
  it.each([
    ['', []],
    ['join', ['join']],
    ['oui, merci', ['oui', 'merci']],
    ['yes/no', ['yes', 'no']],
    ['yes👍👍ok', ['yes', '👍', '👍', 'ok']],
    ['🇫🇷🇩🇪', ['🇫🇷', '🇩🇪']],
    ["don't", ["don't"]],
    ['opt-out now', ['opt-out', 'now']],
    ['at 10:30, 3.5 kg', ['at', '10:30', '3.5', 'kg']],
    ['-5', ['-5']],
    ['ann@example.com', ['ann@example', 'com']],
    ['ok.thanks', ['ok', 'thanks']],
    ['?!', ['?!']],
  ])('splits %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('takes punctuation alone as it stands', () => {
    expect(words(normalise('´ ´'))).toEqual(["'", "'"]);
    expect(words(normalise('! ?!'))).toEqual(['!', '?!']);
  });

  it('never gives an empty word, nor one with a space', () => {
    fc.assert(
      fc.property(anyUnits, (text) => {
        for (const word of words(normalise(text))) expect(word).toMatch(/^\S+$/);
      }),
    );
  });

  it('goes the short way through ASCII and comes to the same', () => {
    fc.assert(
      fc.property(ascii, (text) => {
        const said = normalise(text);
        fc.pre(/[a-z0-9]/.test(said));
        // What follows takes the long way.
        expect(words(`${said} ü`)).toEqual([...words(said), 'ü']);
      }),
      { numRuns: 500 },
    );
  });
});

describe('withoutWords', () => {
  it('takes words out with the punctuation at the seam', () => {
    expect(withoutWords('join, my name is o. neil', 0, 1)).toBe('my name is o. neil');
    expect(withoutWords('i want to win a car today', 3, 3)).toBe('i want to today');
    expect(withoutWords('join', 0, 1)).toBe('');
  });
});
