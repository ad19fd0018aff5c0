import { countryRules } from '#shared/sms/countries/index.ts';
import { normalise, words } from '#shared/sms/text.ts';
import { type Issue, warning } from '../../definition/issue.ts';
import type { Ground } from '../ground.ts';
import { isSent } from '../notes.ts';
import type { Subject } from '../subject.ts';
import { issuesOf, type Property } from './property.ts';

const OWNS = ['marketing.no-stop'];

/** The first text somebody gets says who sends it, how to get help and how to leave; marketing says how to leave wherever it must. */
export const firstText: Property = {
  id: 'first-text',
  promise: 'The first text names the brand, HELP and STOP.',
  severity: 'warning',
  owns: OWNS,
  check(subject) {
    const firsts = firstTexts(subject).flatMap(({ node, field }) => incomplete(node, field, subject.ground));
    return [...issuesOf(subject, OWNS), ...firsts];
  },
};

/** The texts that can be the first of a conversation. */
function firstTexts({ exploration }: Subject): { node: string; field: string }[] {
  const found = new Map<string, { node: string; field: string }>();
  const reached = new Set([0]);
  for (const state of reached) {
    for (const edge of exploration.leaving[state] ?? []) {
      const first = edge.notes.find(isSent);
      if (first) found.set(`${first.node} ${first.field}`, first);
      else reached.add(edge.to);
    }
  }
  return [...found.values()];
}

function incomplete(node: string, field: string, ground: Ground): Issue[] {
  const { compiled, sender, drawing } = ground;
  const { languages } = compiled.definition;
  return languages.flatMap((language, at) => {
    const text = compiled.text(node, field, language).source;
    const missing = missingIn(text, ground);
    if (missing.length === 0 || (at > 0 && text === compiled.text(node, field, languages[0] ?? 'en').source))
      return [];
    const path = at === 0 ? `config.${field}` : `translations.${language}.${field}`;
    const sentence = `${drawing.name(node)} can be the first text somebody gets from ${sender.program.brand}, and does not say ${listed(missing)}.`;
    return [warning('text.first', sentence, { node, path })];
  });
}

/** What a variable, a link or an address says in passing nobody reads as a word: example.com/help is no HELP. */
const plainWords = (text: string): string => text.replace(/\{\{.*?\}\}/gs, ' ').replace(LINK, ' ');

const LINK = /https?:\/\/\S+|\S+@\S+\.\S+|(?<![\p{L}\d])[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.[a-z]{2,}(?:\/\S*)?/gu;

/** What the handbook of the CTIA asks the first text of a program for, as far as the country and the program say so. */
function missingIn(source: string, { sender, world }: Ground): string[] {
  const text = plainWords(source);
  const said = new Set(words(normalise(text)));
  const says = (kind: 'stop' | 'help') =>
    [...sender.reserved].some(([word, match]) => match.kind === kind && said.has(word));
  const { brand, frequency } = world.program;
  const namesBrand = source.includes('{{program.brand') || normalise(text).includes(normalise(brand));
  const saysOften =
    frequency === undefined || OFTEN.test(text) || normalise(text).includes(normalise(frequency));
  const notice = countryRules(world.country).chargesNotice.en;
  return [
    ...(namesBrand ? [] : ['who sends it ({{program.brand}})']),
    ...(saysOften ? [] : [`how often texts come (“${frequency}”)`]),
    ...(says('help') ? [] : ['HELP']),
    ...(says('stop') ? [] : ['STOP']),
    ...(notice === undefined || RATES.test(text) ? [] : [`“${notice}”`]),
  ];
}

/** "Msg & data rates may apply", in any of its spellings. */
const RATES = /\bdata rates\b/i;
/** "4 msgs/month", "up to 3 texts a week", "1 alert per day", "message frequency varies". */
const OFTEN =
  /\b(?:msgs?|messages?|texts?|alerts?)\s*(?:\/|per|an?|each|every)\s*(?:day|week|month|mo|year)\b|\bfrequency varies\b/i;

const listed = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
