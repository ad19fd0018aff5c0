import { durationOf, durationWords } from '#flows/definition/duration.ts';
import type { Phone } from '#flows/engine/phone.ts';

/** Where a phone's conversation stands, in lines: the run, what it remembers, and what is known of the person. */
export function stateLines({ contact, run, now }: Phone): string[] {
  const { stopped, consents, fields, tags = [], arms } = contact;
  return [
    run ? runSentence(run, now) : '  Nothing has begun.',
    ...record('answers', run?.position.context.answers ?? {}),
    ...record('contact', fields),
    ...(tags.length > 0 ? [`  tags: ${tags.join(', ')}`] : []),
    ...Object.entries(consents).map(([list, { state }]) => `  list ${list}: ${state}`),
    ...Object.entries(arms).map(([experiment, arm]) => `  test ${experiment}: ${arm}`),
    ...(stopped ? ['  has said STOP'] : []),
  ];
}

function runSentence({ position, status, outcome, wakeAt }: NonNullable<Phone['run']>, now: number): string {
  if (status === 'ended') return `  The conversation is over: ${outcome}.`;
  const waking =
    wakeAt === null ? '' : `, wakes in ${durationWords(durationOf(Math.round((wakeAt - now) / 1_000)))}`;
  return `  At ${position.node} (${position.place})${status === 'parked' ? ', set aside' : ''}${waking}.`;
}

const record = (space: string, values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values).map(([name, value]) => `  ${space}.${name} = ${JSON.stringify(value)}`);
