import type { Refusal } from '#flows/engine/gate.ts';

const REASONS: Readonly<Record<string, string>> = {
  stopped: 'this person said STOP',
  frozen: 'this person may have said STOP, and somebody has to read it first',
  'too-young':
    'its list is for people of a certain age, and this person has not answered that they are as old',
  'no-consent': 'this person has not joined its list',
  'not-a-reply': 'it is meant as a reply, and this person has not just texted',
} satisfies Readonly<Record<Refusal, string>>;

/** Why the consent gate holds a text back, in words that go on "It is held back: …". */
export const whyHeldBack = (reason: string | null): string =>
  reason === null ? 'no reason given' : (REASONS[reason] ?? reason);
