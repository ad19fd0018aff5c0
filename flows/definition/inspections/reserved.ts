import { countryRules } from '#shared/sms/countries/index.ts';
import { type ReservedKind, reservedWords } from '#shared/sms/reserved-words.ts';
import { normalise } from '#shared/sms/text.ts';
import { error, type Issue, type Place, warning } from '../issue.ts';

/** Who may keep words for themselves: the countries of the senders, the languages of the flow and of its program, the gateway. */
export interface Reserving {
  countries: readonly string[];
  languages: readonly string[];
  /** Its folder's name. */
  gateway?: string;
}

/** What is wrong with a word that senders in some country keep for themselves. Synonyms that yield to an author are free. */
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
  if (!kind) return [];
  const where = found.filter((match) => match.kind === kind).map(({ country }) => nameOf(country));
  return [issueOf(kind, typed, where.length === countries.length ? '' : ` in ${list(where)}`, place)];
}

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
