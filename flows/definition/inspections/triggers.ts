import { readPattern } from '#shared/sms/pattern.ts';
import { normalise } from '#shared/sms/text.ts';
import { typosForgiven } from '#shared/sms/typos.ts';
import { error, type Issue, type Place, warning } from '../issue.ts';
import type { Trigger } from '../schema.ts';
import { sendersMeet, termsMeet, termsOf } from '../terms.ts';
import type { Drawing } from './drawing.ts';
import { inspectReserved, type Reserving } from './reserved.ts';

/** More patterns than this in one flow would be felt by every text. */
const MANY_PATTERNS = 50;

/** Whether what starts the flow can be read, told apart and ever happens. */
export function inspectTriggers({ definition }: Drawing, reserving: Reserving): Issue[] {
  const { triggers, languages } = definition;
  if (triggers.length === 0) {
    return [warning('trigger.none', 'No keyword starts this flow yet. Add one.', { path: 'triggers' })];
  }
  return [
    ...triggers.flatMap((trigger, at) => [
      ...inspectTerms(trigger, languages, `triggers.${at}`),
      ...trigger.words.flatMap((typed, n) =>
        inspectWord(typed, trigger, reserving, { path: `triggers.${at}.words.${n}` }),
      ),
    ]),
    ...inspectTwice(triggers),
    ...inspectPatterns(triggers),
  ];
}

function inspectTerms(
  { from, until, language }: Trigger,
  languages: readonly string[],
  path: string,
): Issue[] {
  const issues: Issue[] = [];
  if (from !== undefined && until !== undefined && Date.parse(until) <= Date.parse(from)) {
    const sentence = 'It ends before it begins, so it never counts. Change one of the dates.';
    issues.push(error('trigger.window', sentence, { path: `${path}.until` }));
  }
  if (language !== undefined && !languages.includes(language)) {
    const sentence = `This flow does not speak “${language}”. Add it to the flow's languages, or choose another one.`;
    issues.push(error('trigger.language', sentence, { path: `${path}.language` }));
  }
  return issues;
}

function inspectWord(typed: string, { match }: Trigger, reserving: Reserving, place: Place): Issue[] {
  if (match === 'pattern') return inspectPattern(typed, place);
  const word = normalise(typed);
  if (word === '')
    return [error('trigger.unreadable', 'This keyword has no letter that can be texted.', place)];
  const issues = inspectReserved(typed, reserving, place);
  if (match === 'close' && typosForgiven(word) === 0) {
    const sentence = `“${typed}” is too short for typos: with one letter changed it may be another word. From five letters on one typo is forgiven.`;
    issues.push(warning('trigger.close-short', sentence, place));
  }
  return issues;
}

function inspectPattern(source: string, place: Place): Issue[] {
  const pattern = readPattern(source);
  if ('problem' in pattern) {
    const sentence = `The pattern “${source}” cannot be used: ${pattern.problem}. Mend it, or choose another kind of match.`;
    return [error('trigger.pattern', sentence, place)];
  }
  // Nothing has these in common but that they are texts.
  if (!['', 'x', '7', '👍', 'what is this'].every((text) => pattern.find(text))) return [];
  const sentence = `The pattern “${source}” fits every text, so nothing is left for other flows. Say more, or let the flow start with any text that nothing else takes.`;
  return [warning('trigger.pattern-all', sentence, place)];
}

/** Two triggers for one text: the same words, or twice whatever is left over. */
function inspectTwice(triggers: readonly Trigger[]): Issue[] {
  const bound: { key: string; trigger: Trigger }[] = [];
  const isBound = (key: string, trigger: Trigger): boolean => {
    const before = bound.some((one) => one.key === key && triggersMeet(one.trigger, trigger));
    bound.push({ key, trigger });
    return before;
  };
  return triggers.flatMap((trigger, at) => {
    if (trigger.kind === 'unmatched') {
      if (!isBound('', trigger)) return [];
      const sentence = 'Any other text starts this flow already. Remove one of the two.';
      return [error('trigger.unmatched-twice', sentence, { path: `triggers.${at}` })];
    }
    return trigger.words.flatMap((typed, n) => {
      if (!isBound(keyOf(typed, trigger), trigger)) return [];
      const sentence = `The keyword “${typed}” is there twice. Remove one.`;
      return [error('trigger.twice', sentence, { path: `triggers.${at}.words.${n}` })];
    });
  });
}

const keyOf = (typed: string, { match }: Trigger): string =>
  match === 'pattern' ? `pattern ${typed}` : `word ${normalise(typed)}`;

const triggersMeet = (a: Trigger, b: Trigger): boolean =>
  sendersMeet(a.sender, b.sender) && termsMeet(termsOf(a), termsOf(b));

function inspectPatterns(triggers: readonly Trigger[]): Issue[] {
  const count = triggers.flatMap(({ match, words }) => (match === 'pattern' ? words : [])).length;
  if (count <= MANY_PATTERNS) return [];
  const sentence = `${count} patterns are read for every text; ${MANY_PATTERNS} is the most. Put some of them into one.`;
  return [error('trigger.patterns-many', sentence, { path: 'triggers' })];
}
