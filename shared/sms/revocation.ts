import { languageCode } from './language-words.ts';
import { reactionIn } from './reactions.ts';
import { matchReserved, type ReservedWords } from './reserved-words.ts';
import { type FoundPhrase, PhraseBook, type Phrases, phrasesOf } from './revocation-phrases.ts';
import {
  ORDINARY_WORDS,
  PLAIN_STOPS,
  SIGNATURES,
  STOP_SIGNS,
  STOP_SLIPS,
  STOPS_IN_OTHER_SCRIPTS,
} from './revocation-words.ts';
import { words } from './text.ts';
import { typosWithin } from './typos.ts';

/** A wish to hear no more: `certain` revokes at once, `unsure` freezes what needs consent until a person has decided. */
export interface Revocation {
  readonly certainty: 'certain' | 'unsure';
  /** The words that say so, normalised. */
  readonly words: string;
}

/** From how many points on a text says it surely, and may mean it. */
const CERTAIN = 7;
const UNSURE = 4;
/** What each thing that a text says is worth. */
const POINTS = {
  requestFirst: 8,
  requestWithin: 7,
  stopFirst: 4,
  stopWithin: 1,
  /** "This is spam, stop" */
  stopLast: 3,
  /** "Bro stop" */
  plainStopLast: 4,
  hintFirst: 4,
  hintWithin: 2,
  /** A request in a language that the program does not speak. */
  foreign: 4,
  medium: 2,
  anger: 3,
  /** "Don't stop", "he won't stop texting me", "has got to stop". */
  turnedRound: -6,
  /** What is long is rarely about us. */
  long: -2,
} as const;
const LONG_WORDS = 14;
const SHORT_WORDS = 5;
/** Longest text that is read: what comes after so many words is no reply to us. */
const MOST_WORDS = 60;

/**
 * Reads a wish to hear no more from a normalised text, in the program's languages and always in English: in the US any words a
 * reasonable person would understand revoke [47 CFR 64.1200(a)(10)], so that a request in any other language we know is read by a
 * person. First as a whole ("Stop. Thank you"), then by what it says, in points: "can you take me off this list" is certain, "not
 * interested" unsure, "we have got to stop this terrible bill" neither. A keyword or answer that names the text goes before.
 */
export function revocation(
  normalisedText: string,
  reserved: ReservedWords,
  languages: readonly string[],
): Revocation | null {
  if (last?.text !== normalisedText || last.reserved !== reserved || last.languages !== languages) {
    const found = read(normalisedText, reserved, languages);
    last = { text: normalisedText, reserved, languages, found };
  }
  return last.found;
}

/** Each text is asked about twice in a row: on its way, and for whether a person has to read it. */
let last: {
  text: string;
  reserved: ReservedWords;
  languages: readonly string[];
  found: Revocation | null;
} | null = null;

function read(
  normalisedText: string,
  reserved: ReservedWords,
  languages: readonly string[],
): Revocation | null {
  const reaction = reactionIn(normalisedText);
  if (reaction !== null) return reaction === 'kind' ? null : { certainty: 'unsure', words: normalisedText };
  const known = phrasesFor(languages);
  const said = withoutCourtesy(withoutSignature(words(normalisedText).slice(0, MOST_WORDS)), known.courtesy);
  if (said.length === 0) return null;
  const text = said.join(' ');
  const whole = known.whole.has(text) ? text : wholeWish(said, reserved, known);
  if (whole !== null) return { certainty: 'certain', words: whole };
  const found = weigh(said, reserved, known);
  if (found !== null && found.points >= UNSURE)
    return { certainty: found.points >= CERTAIN ? 'certain' : 'unsure', words: found.words };
  const doubtful = known.alone.has(text) ? text : lastSentence(normalisedText, reserved, known);
  return doubtful === null ? null : { certainty: 'unsure', words: doubtful };
}

/** A program's languages are the same list for every text. */
const known = new WeakMap<readonly string[], Phrases>();

function phrasesFor(languages: readonly string[]): Phrases {
  const ready = known.get(languages);
  if (ready !== undefined) return ready;
  const phrases = phrasesOf(['en', ...languages.map(languageCode)]);
  known.set(languages, phrases);
  return phrases;
}

/** Numbers that people copy from "STOP to 12345". */
const ADDRESS = /^\d{3,}$/;
/** What stands between the letters of S-T-O-P. */
const BETWEEN = /[^\p{L}\p{N}]/gu;
/** A letter three times in a row is typed in anger: STOPPPP. */
const DRAWN_OUT = /(\p{L})\1{2,}/gu;

/** The text, where all of it is STOP in some spelling, or STOP and what can be stopped: "stop all of this". */
function wholeWish(all: readonly string[], reserved: ReservedWords, known: Phrases): string | null {
  const said = withoutAddress(all);
  const text = said.join(' ');
  if (isStop(text, reserved) || isStop(said.join('').replace(BETWEEN, ''), reserved)) return text;
  const says = (word: string): boolean =>
    isStop(word, reserved) ||
    STOP_SIGNS.has(word) ||
    STOPS_IN_OTHER_SCRIPTS.has(word) ||
    (STOP_SLIPS.has(word) && !known.courtesy.has(word)) ||
    isStop(word.replace(DRAWN_OUT, '$1'), reserved);
  const [first = '', ...rest] = said;
  if (said.length > 0 && said.every(says)) return text;
  if (rest.length === 0) return isTypo(first, reserved) ? text : null;
  return says(first) &&
    !ORDINARY_WORDS.has(first) &&
    rest.every((word) => says(word) || known.objects.has(word) || known.medium.has(word))
    ? text
    : null;
}

/** "STOP to 12345" without the number; "cancel 12345" is about an order. */
function withoutAddress(said: readonly string[]): readonly string[] {
  if (said.length === 1 || !said.some((word) => ADDRESS.test(word))) return said;
  return said.some((word) => ORDINARY_WORDS.has(word)) ? said : said.filter((word) => !ADDRESS.test(word));
}

/** Where a sentence or a clause ends and another begins: "Re: STOP", "No thanks, stop". */
const NEXT_SENTENCE = /[.!?;:,]+\s+/;

/** A text's last sentence, where all of it is STOP whatever was said before: "This is not John. Stop". */
function lastSentence(normalisedText: string, reserved: ReservedWords, known: Phrases): string | null {
  const sentences = normalisedText.split(NEXT_SENTENCE);
  if (sentences.length < 2) return null;
  const said = withoutCourtesy(words(sentences.at(-1) ?? ''), known.courtesy);
  return said.some((word) => ORDINARY_WORDS.has(word)) ? null : wholeWish(said, reserved, known);
}

/** What the words of a text are worth together, and which say the most; null where none says anything. */
function weigh(
  said: readonly string[],
  reserved: ReservedWords,
  known: Phrases,
): { points: number; words: string } | null {
  let points = 0;
  let words: string | null = null;
  let most = 0;
  let since = 0;
  const say = (worth: number, by: string): void => {
    points += worth;
    if (worth > most) [most, words] = [worth, by];
  };
  for (let at = 0; at < said.length; at++) {
    const word = said[at] ?? '';
    const request = known.requests.at(said, at);
    const hint = request === null ? known.hints.at(said, at) : null;
    const foreign = request === null && hint === null ? known.foreign.at(said, at) : null;
    const found = request ?? hint ?? foreign;
    const isWish = found !== null || isStop(word, reserved);
    if (request !== null)
      say(
        isNarrowed(said.slice(at + request.count), request, known)
          ? POINTS.hintFirst
          : at === 0
            ? POINTS.requestFirst
            : POINTS.requestWithin,
        request.phrase,
      );
    else if (hint !== null) say(at === 0 ? POINTS.hintFirst : POINTS.hintWithin, hint.phrase);
    else if (foreign !== null) say(POINTS.foreign, foreign.phrase);
    else if (isWish) say(stopAt(said, at, known), word);
    if (isWish && at > 0 && turnsRound(said.slice(since, at), known)) points += POINTS.turnedRound;
    if (found !== null) {
      at += found.count - 1;
      since = at + 1;
    } else if (!isWish && known.anger.has(word)) points += POINTS.anger;
    else if (!isWish && known.medium.has(word)) points += POINTS.medium;
  }
  if (words === null) return null;
  return { points: said.length > LONG_WORDS ? points + POINTS.long : points, words };
}

/** Whether what follows a request makes less of it: "I need you to stop at the chemist's", "don't text me before 9". */
function isNarrowed(rest: readonly string[], { phrase }: FoundPhrase, known: Phrases): boolean {
  if (phrase.endsWith(' stop') && known.elsewhere.has(rest[0] ?? '')) return true;
  const limit = rest.slice(0, 3).findIndex((word) => known.limits.has(word));
  return (
    limit >= 0 && rest.slice(limit + 1, limit + 4).some((word) => HOUR.test(word) || known.times.has(word))
  );
}

const HOUR = /^\d{1,2}(?!\d)/;

const isStop = (part: string, reserved: ReservedWords): boolean =>
  matchReserved(part, reserved)?.kind === 'stop';

/** What a single stop word is worth where it stands; "stop by later?" is about somewhere else. */
function stopAt(said: readonly string[], at: number, known: Phrases): number {
  if (at === 0) return known.elsewhere.has(said[1] ?? '') ? 0 : POINTS.stopFirst;
  if (at < said.length - 1 || said.length > SHORT_WORDS || known.things.has(said[at - 1] ?? ''))
    return POINTS.stopWithin;
  return PLAIN_STOPS.has(said[at] ?? '') ? POINTS.plainStopLast : POINTS.stopLast;
}

/**
 * Whether one of the two words before a wish says the contrary, or that it is about somebody else. `before` holds what was said since the
 * last wish: the "not" of "not interested, stop" turns round nothing that follows.
 */
const turnsRound = (before: readonly string[], { negations, others }: Phrases): boolean =>
  before.slice(-2).some((word) => negations.has(word) || others.has(word));

/** From how many letters on a stop word forgives two typos; shorter ones are too easily another word. */
const LONG_ENOUGH = 9;

/** UNSUBSCRIBE and the like with a slip or two. */
function isTypo(word: string, reserved: ReservedWords): boolean {
  if (word.length < LONG_ENOUGH - 1) return false;
  for (const [form, { kind }] of reserved) {
    if (kind === 'stop' && form.length >= LONG_ENOUGH && typosWithin(word, form, 2) !== null) return true;
  }
  return false;
}

const signatures = new PhraseBook(SIGNATURES);

/** A text without what the phone wrote below it. */
function withoutSignature(said: readonly string[]): readonly string[] {
  const from = said.findIndex((_, at) => at > 0 && signatures.at(said, at) !== null);
  return from < 0 ? said : said.slice(0, from);
}

const EMOJI = /^\p{So}/u;

/** A text without what changes nothing at either end: "please STOP 🙏". One of nothing else is left as it is. */
function withoutCourtesy(said: readonly string[], courtesy: ReadonlySet<string>): readonly string[] {
  const matters = (word: string): boolean =>
    !courtesy.has(word) && (STOP_SIGNS.has(word) || !EMOJI.test(word));
  const from = said.findIndex(matters);
  return from < 0 ? said : said.slice(from, said.findLastIndex(matters) + 1);
}
