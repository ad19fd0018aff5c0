import { error, type Issue } from '#flows/definition/issue.ts';
import type { Trigger } from '#flows/definition/schema.ts';
import { sendersMeet, termsMeet, termsOf } from '#flows/definition/terms.ts';
import { normalise } from '#shared/sms/text.ts';
import type { LiveTrigger } from '../settings/keywords/keywords.repository.ts';

const KEYWORD_TAKEN = 'keyword.taken';
const UNMATCHED_TAKEN = 'unmatched.taken';

/** Whether another flow is to blame for an issue, since it has what this one wants. */
export const isTaken = ({ code }: Issue): boolean => code === KEYWORD_TAKEN || code === UNMATCHED_TAKEN;

/** What of a trigger belongs to another flow that is live: a text that means both would reach one of them. */
export function takenBy(trigger: Trigger, at: number, others: readonly LiveTrigger[]): Issue[] {
  const rivals = others.filter((other) => meet(trigger, other.trigger));
  if (trigger.kind === 'unmatched') {
    const other = rivals.find((one) => one.trigger.kind === 'unmatched');
    if (!other) return [];
    const sentence = `Texts that nothing else takes start “${other.flow.name}” already on ${placeOf(trigger, other)}. Choose another number, or change when one of the two counts.`;
    return [error(UNMATCHED_TAKEN, sentence, { path: `triggers.${at}` })];
  }
  return trigger.words.flatMap((word, n) => {
    const key = keyOf(word, trigger);
    const other = rivals.find((one) => one.trigger.words.some((typed) => keyOf(typed, one.trigger) === key));
    if (!other) return [];
    const sentence = `The keyword ${word} is already used by “${other.flow.name}” on ${placeOf(trigger, other)}. Choose another word, or add this text there.`;
    return [error(KEYWORD_TAKEN, sentence, { path: `triggers.${at}.words.${n}` })];
  });
}

const meet = (a: Trigger, b: Trigger): boolean =>
  sendersMeet(a.sender, b.sender) && termsMeet(termsOf(a), termsOf(b));

/** The same for keywords that one text could mean. Those that are looked for differently never tie: the more exact one wins. */
function keyOf(word: string, { match }: Trigger): string {
  switch (match) {
    case 'pattern':
      return `pattern ${word}`;
    case 'phrase':
    case 'contains':
      return `${match} ${normalise(word)}`;
    default:
      return `leading ${normalise(word)}`;
  }
}

const placeOf = ({ sender }: Trigger, { trigger }: LiveTrigger): string =>
  sender !== '*' ? sender : trigger.sender !== '*' ? trigger.sender : 'every sender';
