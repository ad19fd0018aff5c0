import { routeInbound } from '#flows/engine/route-inbound.ts';
import { KeywordIndex } from '#shared/sms/keyword.ts';
import type { KeywordBinding, MatchKind } from '#shared/sms/keywords/binding.ts';
import { published, stranger, worldOf } from '../support/phone-stage.ts';
import type { Bench, Row } from './bench.ts';
import { doubleOptIn } from './support/double-opt-in.ts';
import { COLUMNS, ROUNDS, time } from './support/time.ts';

/** As many keywords as a busy shared short code may have. */
const MANY = 100_000;
const PATTERNS = 50;

export const keywordsBench: Bench = {
  name: 'keywords',
  summary: `${MANY.toLocaleString('en')} keywords on one sender: exact, leading, with typos; patterns; routing`,
  run: async () => ({
    title: 'Keywords: which of them a text means',
    columns: COLUMNS,
    rows: [...leading(), ...mixed(), ...close(), ...patterns(), ...routing()],
    notes: [`The best of ${ROUNDS} rounds.`],
    wrong: [],
  }),
};

function leading(): Row[] {
  const list = bindings(() => 'first-word');
  const index = new KeywordIndex(list);
  let n = 0;
  return [
    time('an index of 100,000 built', () => new KeywordIndex(list)),
    time('one of 100,000 found', () => index.find(`word${n++ % MANY} please`)),
    time('none of 100,000 found', () => index.find('see you at eight then')),
  ];
}

function mixed(): Row[] {
  const KINDS: readonly MatchKind[] = ['exact', 'first-word', 'sub-keyword', 'phrase', 'contains'];
  const index = new KeywordIndex(bindings((n) => KINDS[n % KINDS.length] ?? 'exact'));
  let n = 0;
  return [
    time('one of 100,000 of all kinds found', () => index.find(`word${n++ % MANY}`)),
    time('none of 100,000 of all kinds found', () => index.find('see you at eight then')),
  ];
}

function close(): Row[] {
  const list = Array.from({ length: MANY }, (_, n) => binding(syllables(n), 'close', n));
  const index = new KeywordIndex(list);
  const slips = list.slice(0, 1_000).map(({ words }) => `${words.slice(0, 3)}${words.slice(4)} please`);
  let n = 0;
  return [
    time('an index of 100,000 that forgive typos built', () => new KeywordIndex(list).find('no such word')),
    time('one of 100,000 that forgive typos found, typed right', () =>
      index.find(list[n++ % MANY]?.words ?? ''),
    ),
    time('one of 100,000 that forgive typos found, typed wrong', () => index.find(slips[n++ % 1_000] ?? '')),
    time('none of 100,000 that forgive typos found', () => index.find('see you at eight then')),
  ];
}

function patterns(): Row[] {
  const index = new KeywordIndex(
    Array.from({ length: PATTERNS }, (_, n) =>
      binding(`^[a-z]{2}-?\\d{${(n % 9) + 1}}$|order ${n}\\b`, 'pattern', n),
    ),
  );
  return [
    time(`one of ${PATTERNS} patterns found`, () => index.find('i have order 17 here')),
    time(`none of ${PATTERNS} patterns found`, () => index.find('see you at eight then')),
  ];
}

function routing(): Row[] {
  const world = worldOf([published(doubleOptIn.definition)], { news: 'double' });
  const person = stranger();
  let said = 0;
  return [
    time('route: JOIN of a stranger', () => routeInbound('JOIN', person, world)),
    // No two in a row are the same, as with people.
    time('route: a text that means nothing', () =>
      routeInbound(`See you at ${++said % 12} then?`, person, world),
    ),
  ];
}

const binding = (words: string, match: MatchKind, target: number): KeywordBinding<number> => ({
  words,
  match,
  target,
});

const bindings = (match: (n: number) => MatchKind): KeywordBinding<number>[] =>
  Array.from({ length: MANY }, (_, n) => binding(`word${n}`, match(n), n));

/** A word that can be spoken, of five syllables, another for each number. */
function syllables(n: number): string {
  let word = '';
  let rest = Math.imul(n, 2_654_435_761) >>> 0;
  for (let at = 0; at < 5; at++) {
    word += 'bdfgklmnprst'.charAt(rest % 12) + 'aeiou'.charAt(Math.floor(rest / 12) % 5);
    rest = Math.floor(rest / 60);
  }
  return word;
}
