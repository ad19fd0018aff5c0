import { REVOCATION_WORDS, type RevocationWords } from './revocation-words.ts';
import { words } from './text.ts';

/** The words of several languages, put together so that a text is read in one pass. */
export interface Phrases {
  readonly courtesy: ReadonlySet<string>;
  /** As whole texts, their words joined by spaces. */
  readonly whole: ReadonlySet<string>;
  /** These too, with what is `whole` in all other languages. */
  readonly alone: ReadonlySet<string>;
  readonly objects: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
  readonly limits: ReadonlySet<string>;
  readonly times: ReadonlySet<string>;
  readonly things: ReadonlySet<string>;
  readonly medium: ReadonlySet<string>;
  readonly negations: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
  readonly anger: ReadonlySet<string>;
  readonly requests: PhraseBook;
  readonly hints: PhraseBook;
  /** The requests of all other languages. */
  readonly foreign: PhraseBook;
}

/** A phrase where it stands, with how many words of the text it takes. */
export interface FoundPhrase {
  readonly phrase: string;
  readonly count: number;
}

/** Phrases by their first word; the longest is found first. */
export class PhraseBook {
  private readonly byFirst = new Map<string, string[][]>();
  private readonly fillers: ReadonlySet<string>;

  constructor(phrases: readonly string[], fillers: ReadonlySet<string> = new Set()) {
    this.fillers = fillers;
    for (const phrase of new Set(phrases.flatMap(spellings))) {
      const parts = words(phrase);
      const [first] = parts;
      if (first === undefined) continue;
      const known = this.byFirst.get(first);
      if (known) known.push(parts);
      else this.byFirst.set(first, [parts]);
    }
    for (const known of this.byFirst.values()) known.sort((a, b) => b.length - a.length);
  }

  /** The phrase that begins at a word of the text, or null. What fills it in between is not asked about. */
  at(said: readonly string[], from: number): FoundPhrase | null {
    for (const parts of this.byFirst.get(said[from] ?? '') ?? []) {
      const count = this.countOf(parts, said, from);
      if (count > 0) return { phrase: parts.join(' '), count };
    }
    return null;
  }

  private countOf(parts: readonly string[], said: readonly string[], from: number): number {
    let at = from;
    for (const part of parts) {
      while (at > from && said[at] !== part && this.fillers.has(said[at] ?? '')) at++;
      if (said[at] !== part) return 0;
      at++;
    }
    return at - from;
  }
}

/** People leave out apostrophes or type a space for them: "ne m envoyez plus"; and they write opt-out and optout. */
function spellings(phrase: string): string[] {
  return [phrase, phrase.replaceAll('opt out', 'opt-out'), phrase.replaceAll('opt out', 'optout')].flatMap(
    (one) => [one, one.replaceAll("'", ' '), one.replaceAll("'", '')],
  );
}

const texts = (phrases: readonly string[]): Set<string> =>
  new Set(phrases.flatMap(spellings).map((text) => words(text).join(' ')));

const CACHE_LIMIT = 1000;
const cache = new Map<string, Phrases>();

/** The phrases of these languages. Nearly every text that is no keyword is read, so they are put together once. */
export function phrasesOf(codes: readonly string[]): Phrases {
  const key = codes.join(' ');
  const ready = cache.get(key);
  if (ready !== undefined) return ready;
  const known = [...new Set(codes)].flatMap((code) => REVOCATION_WORDS[code] ?? []);
  const others = Object.values(REVOCATION_WORDS).filter((one) => !known.includes(one));
  const all = (kind: keyof RevocationWords): string[] => known.flatMap((one) => one[kind]);
  const fillers = new Set(all('fillers'));
  const phrases = {
    courtesy: new Set(all('courtesy')),
    whole: texts(all('whole')),
    alone: texts([...all('alone'), ...others.flatMap((one) => one.whole)]),
    objects: new Set(all('objects')),
    elsewhere: new Set(all('elsewhere')),
    limits: new Set(all('limits')),
    times: new Set(all('times')),
    things: new Set(all('things')),
    medium: new Set(all('medium')),
    negations: new Set(all('negations')),
    others: new Set(all('others')),
    anger: new Set(all('anger')),
    requests: new PhraseBook(all('requests'), fillers),
    hints: new PhraseBook(all('hints'), fillers),
    foreign: new PhraseBook(
      others.flatMap((one) => one.requests),
      new Set(others.flatMap((one) => one.fillers)),
    ),
  };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, phrases);
  return phrases;
}
