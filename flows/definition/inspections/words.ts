import { countryRules } from '#shared/sms/countries/index.ts';
import { type ReservedKind, reservedWords } from '#shared/sms/reserved-words.ts';
import { normalise } from '#shared/sms/text.ts';
import { error, type Issue, type Place, warning } from '../issue.ts';
import type { Drawing } from './drawing.ts';

/** Whether keywords and answers can be told apart, from one another and from the words that are not the author's to use. */
export function inspectWords(drawing: Drawing, countries: readonly string[]): Issue[] {
  return [...keywords(drawing, countries), ...answers(drawing, countries)];
}

function keywords({ definition }: Drawing, countries: readonly string[]): Issue[] {
  const { triggers, languages } = definition;
  if (triggers.length === 0) {
    return [warning('trigger.none', 'No keyword starts this flow yet. Add one.', { path: 'triggers' })];
  }
  const bound: { word: string; sender: string }[] = [];
  return triggers.flatMap((trigger, at) =>
    trigger.words.flatMap((typed, n) => {
      const place = { path: `triggers.${at}.words.${n}` };
      const word = normalise(typed);
      if (word === '')
        return [error('trigger.unreadable', 'This keyword has no letter that can be texted.', place)];
      const { sender } = trigger;
      const before = bound.some((one) => one.word === word && meet(one.sender, sender));
      bound.push({ word, sender });
      return [
        ...reserved(typed, countries, languages, place),
        ...(before
          ? [error('trigger.twice', `The keyword “${typed}” is there twice. Remove one.`, place)]
          : []),
      ];
    }),
  );
}

const meet = (a: string, b: string): boolean => a === b || a === '*' || b === '*';

function answers({ definition, nodes, name }: Drawing, countries: readonly string[]): Issue[] {
  return [...nodes.values()].flatMap((node) => {
    const place = { node: node.id };
    const label = (port: string) => node.ports.find(({ id }) => id === port)?.label ?? port;
    const meanings = new Map<string, string>();
    const issues = new Map<string, Issue>();
    for (const language of definition.languages) {
      for (const { id, words } of node.words(language)) {
        for (const typed of words) {
          const word = normalise(typed);
          for (const issue of reserved(typed, countries, definition.languages, place))
            issues.set(word, issue);
          const other = meanings.get(word);
          if (other !== undefined && other !== id) {
            const sentence = `“${typed}” means both “${label(other)}” and “${label(id)}” in ${name(node.id)}. Keep it in one of them.`;
            issues.set(word, warning('answer.twice', sentence, place));
          }
          if (other === undefined) meanings.set(word, id);
        }
      }
    }
    return [...issues.values()];
  });
}

/** What is wrong with a word that senders in some country keep for themselves. Synonyms that yield to an author are free. */
function reserved(
  typed: string,
  countries: readonly string[],
  languages: readonly string[],
  place: Place,
): Issue[] {
  const word = normalise(typed);
  const found = countries.flatMap((country) => {
    const match = reservedWords(country, languages).get(word);
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
