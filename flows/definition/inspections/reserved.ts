import { countryRules } from '#shared/sms/countries/index.ts';
import { type ReservedKind, reservedWords } from '#shared/sms/reserved-words.ts';
import { revocation } from '#shared/sms/revocation.ts';
import { normalise } from '#shared/sms/text.ts';
import { error, type Issue, type Place, warning } from '../issue.ts';

/** Who may keep words for themselves: the countries of the senders, the languages of the flow and of its program, the gateway. */
export interface Reserving {
  countries: readonly string[];
  languages: readonly string[];
  /** Its folder's name. */
  gateway?: string;
}

/**
 * What is wrong with a word that senders in some country keep for themselves. Synonyms that yield to an author are free. Other words that
 * clearly say STOP are the author's where they are a keyword or an answer as a whole, which nobody should make them lightly.
 */
export function inspectReserved(
  typed: string,
  { countries, languages, gateway }: Reserving,
  place: Place,
): Issue[] {
  const word = normalise(typed);
  const found = countries.flatMap((country) => {
    const match = reservedWords(country, languages, gateway).get(word);
    return match && (match.kind === 'stop' || !match.yields) ? [{ country, kind: match.kind }] : [];
  });
  const kind = (['stop', 'help', 'start'] as const).find((one) => found.some((match) => match.kind === one));
  if (!kind)
    return countries.some((country) => isWish(word, country, languages, gateway)) ? [wish(typed, place)] : [];
  const where = found.filter((match) => match.kind === kind).map(({ country }) => nameOf(country));
  return [issueOf(kind, typed, where.length === countries.length ? '' : ` in ${list(where)}`, place)];
}

const isWish = (word: string, country: string, languages: readonly string[], gateway?: string): boolean =>
  revocation(word, reservedWords(country, languages, gateway), languages)?.certainty === 'certain';

const wish = (typed: string, place: Place): Issue =>
  warning(
    'word.wish',
    `“${typed}” is what people text who want to hear no more, and whoever texts it here is not unsubscribed. Choose another word.`,
    place,
  );

function issueOf(kind: ReservedKind, typed: string, where: string, place: Place): Issue {
  switch (kind) {
    case 'stop':
      return error(
        'word.stop',
        `Whoever texts “${typed}”${where} is unsubscribed, so it never gets here. Choose another word.`,
        place,
      );
    case 'help':
      return error(
        'word.help',
        `“${typed}” is answered with your help text${where}, so it never gets here. Choose another word.`,
        place,
      );
    case 'start':
      return warning(
        'word.start',
        `People who are unsubscribed text “${typed}”${where} to come back, and do not get here. Another word is clearer.`,
        place,
      );
  }
}

const nameOf = (country: string): string => countryRules(country).name.replace(/^United /, 'the United ');

const list = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
