import { describe, expect, it } from '@jest/globals';
import { COUNTRIES } from '#shared/sms/countries/index.ts';
import { other } from '#shared/sms/countries/other.ts';
import { defaultTexts } from '#shared/sms/default-texts.ts';
import { GATEWAY_WORDS } from '#shared/sms/gateway-words.ts';
import { LANGUAGE_WORDS } from '#shared/sms/language-words.ts';
import { matchReserved, reservedWords } from '#shared/sms/reserved-words.ts';
import { segment } from '#shared/sms/segments.ts';
import { normalise } from '#shared/sms/text.ts';
import { readVectors } from '../vectors/read-vectors.ts';

interface Named {
  id: string;
  opt_out: string[];
  opt_out_also?: string[];
  opt_in: string[];
  help: string[];
  by_language?: Record<string, string[]>;
}

const { sets } = readVectors<{ sets: Named[] }>('reserved-words');
const named = new Map(sets.map((set) => [set.id, set]));

function kindOf(text: string, country: string, languages: readonly string[]) {
  return matchReserved(normalise(text), reservedWords(country, languages))?.kind ?? null;
}

describe('reserved words that others name', () => {
  it.each([
    ['fcc-64.1200(a)(10)', 'US', ['en']],
    ['ctia', 'US', ['en']],
    ['twilio-default', 'US', ['en']],
    ['twilio-tollfree', 'US', ['en']],
    ['braze-default', 'US', ['en']],
    ['onesignal', 'US', ['en']],
    ['telnyx-default', 'US', ['en']],
    ['canada-cwta', 'CA', ['en']],
    ['france-stop', 'FR', ['fr']],
    ['uk-ico', 'GB', ['en']],
  ] as const)('%s are in force in %s', (id, country, languages) => {
    const set = named.get(id);
    if (set === undefined) throw new Error(`no set ${id}`);
    for (const word of [...set.opt_out, ...(set.opt_out_also ?? [])]) {
      expect([word, kindOf(word, country, languages)]).toEqual([word, 'stop']);
    }
    for (const word of set.opt_in) expect([word, kindOf(word, country, languages)]).toEqual([word, 'start']);
    for (const word of set.help) expect([word, kindOf(word, country, languages)]).toEqual([word, 'help']);
  });

  it.each([
    ['twilio-default', 'GB', 'twilio'],
    ['aws-required', 'US', 'aws'],
    ['telnyx-default', 'GB', 'telnyx'],
    ['vonage-shortcode', 'US', 'vonage'],
  ] as const)('%s are in force on that gateway', (id, country, gateway) => {
    const words = reservedWords(country, ['en'], gateway);
    const set = named.get(id);
    for (const word of set?.opt_out ?? []) expect(matchReserved(normalise(word), words)?.kind).toBe('stop');
    for (const word of set?.opt_in ?? []) expect(matchReserved(normalise(word), words)?.kind).toBe('start');
    for (const word of set?.help ?? []) expect(matchReserved(normalise(word), words)?.kind).toBe('help');
    expect(set).toBeDefined();
  });

  it('leaves a gateway’s words alone where it does not use them', () => {
    expect(matchReserved('td', reservedWords('GB', ['en'], 'aws'))).toBeNull();
    expect(matchReserved('cancel', reservedWords('GB', ['en'], 'simulated'))).toBeNull();
  });

  it.each(Object.entries(named.get('languages-common')?.by_language ?? {}))(
    'words of %s stop there',
    (language, list) => {
      for (const word of list) expect([word, kindOf(word, 'ZZ', [language])]).toEqual([word, 'stop']);
    },
  );
});

describe('the set in force', () => {
  it.each([
    ['ALTO', 'US', ['en']],
    ['BAJA', 'GB', ['en']],
    ['RET', 'FR', ['fr']],
    ['TD', 'US', ['en']],
    ['ENDE', 'US', ['en']],
    ['CANCEL', 'GB', ['en']],
    ['END', 'DE', ['de', 'en']],
    ['YES', 'GB', ['en']],
    ['INFO', 'ZZ', []],
    ['stop please', 'US', ['en']],
    ['SHOP', 'US', ['en']],
  ] as const)('leaves %j alone in %s %j', (word, country, languages) => {
    expect(kindOf(word, country, languages)).toBeNull();
  });

  it.each([' stop. ', '“STOP”', 'Stop!', 'ＳＴＯＰ', 'opt out', 'OPT-OUT', 'Stop All'])(
    'takes %j as STOP in the US',
    (text) => {
      expect(kindOf(text, 'US', ['en'])).toBe('stop');
    },
  );

  it('takes ARRÊT from a phone with or without accents', () => {
    expect(kindOf('arrêt', 'FR', ['fr'])).toBe('stop');
    expect(kindOf('ARRET', 'CA', ['en'])).toBe('stop');
    expect(kindOf('arret', 'BE', ['fr-BE'])).toBe('stop');
  });

  it('lets synonyms of HELP and YES yield, STOP and HELP never', () => {
    const us = reservedWords('US', ['en']);
    expect(matchReserved('info', us)).toEqual({ kind: 'help', word: 'INFO', yields: true });
    expect(matchReserved('yes', us)).toEqual({ kind: 'start', word: 'YES', yields: true });
    expect(matchReserved('help', us)?.yields).toBe(false);
    expect(matchReserved('stop', us)?.yields).toBe(false);
    expect(matchReserved('start', us)?.yields).toBe(false);
  });

  it('is built once', () => {
    expect(reservedWords('US', ['en', 'es'])).toBe(reservedWords('US', ['en', 'es']));
  });
});

describe('the data', () => {
  const all = [other, ...COUNTRIES];

  it('names its source and date for every set', () => {
    const sources = [...all, ...Object.values(LANGUAGE_WORDS), ...Object.values(GATEWAY_WORDS)];
    const byLaw = all.flatMap(({ revokesByLaw, tollFreeStops = [] }) => [...revokesByLaw, ...tollFreeStops]);
    for (const set of [
      ...sources.flatMap(({ stop, start, help }) => [...stop, ...start, ...help]),
      ...byLaw,
    ]) {
      expect(set.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(set.source).not.toBe('');
      expect(set.words.length).toBeGreaterThan(0);
    }
  });

  it('has what revokes by law among the words that stop', () => {
    for (const { stop, revokesByLaw } of all) {
      const words = stop.flatMap((set) => set.words);
      for (const word of revokesByLaw.flatMap((set) => set.words)) expect(words).toContain(word);
    }
  });
});

describe('default texts', () => {
  const brand = 'Summer Club of Stratford & Co.';
  const contact = 'https://example.com/summer-club/help-faq';

  it.each(['en', 'fr', 'de', 'fr-CA', 'pt'])(
    'in %s name the program and fit one GSM-7 segment',
    (language) => {
      for (const country of ['US', 'CA', 'GB', 'FR', 'DE', 'ZZ']) {
        for (const stopAddress of [undefined, '36111']) {
          const texts = defaultTexts(language, {
            brand,
            contact,
            country,
            ...(stopAddress && { stopAddress }),
          });
          for (const text of Object.values(texts)) {
            expect(segment(text)).toMatchObject({ encoding: 'GSM-7', segments: 1 });
            expect(text).toContain(brand);
          }
          expect(texts.help).toContain(contact);
          expect(texts.help).toContain('STOP');
          if (stopAddress) expect(texts.help).toContain(stopAddress);
          expect(texts.help.includes('Msg&data rates may apply')).toBe(country === 'US');
          expect(texts.stopConfirmation).not.toMatch(/https?:/);
        }
      }
    },
  );
});
