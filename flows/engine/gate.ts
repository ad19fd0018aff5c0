import { countryOf } from '#shared/sms/calling-codes.ts';
import { nextConsent } from './consent/list-consent.ts';
import type { ConsentState, Purpose } from './effects.ts';

/** What a list asks of people before it may text them. */
export interface ListPolicy {
  /** `single`: one text joins; `double`: a second text has to confirm. */
  optIn: 'single' | 'double';
  /** What differs for people whose number is of a country, by its code. */
  countries?: Readonly<Record<string, { optIn: 'single' | 'double' }>>;
}

/** Everything the consent gate looks at. */
export interface GateQuestion {
  purpose: Purpose;
  /** The consent for the text's list; `none` when it names no list. */
  consent: ConsentState;
  /** Whether the person said STOP to this sender's program and has not come back. */
  stopped: boolean;
  /** Whether the person wrote what may be a STOP and nobody has read it yet. */
  frozen?: boolean;
  /** Whether this text answers a message of the person's own, in the same breath. */
  answersMessage: boolean;
}

export type Refusal = 'stopped' | 'frozen' | 'no-consent' | 'not-a-reply';

/**
 * The consent gate: whether a text may go out, or why not. One pure function for runtime, phone and proofs; nothing an author
 * draws gets round it. After STOP only the answer to a fresh message of the person's own passes [CTIA Messaging Principles 5.1.3];
 * marketing needs the list's confirmed consent [47 CFR 64.1200(a)(2), PECR reg. 22]. While somebody has to read whether a text
 * was a STOP, what needs consent is held back.
 */
export function gate(question: GateQuestion): Refusal | null {
  if (question.purpose === 'reply')
    return question.answersMessage ? null : question.stopped ? 'stopped' : 'not-a-reply';
  if (question.stopped) return 'stopped';
  if (question.frozen && (question.purpose === 'marketing' || question.purpose === 'service'))
    return 'frozen';
  if (question.purpose === 'marketing' && question.consent !== 'confirmed') return 'no-consent';
  return null;
}

/** The policy of a list for a person, by the country of their number. */
export function policyFor(policy: ListPolicy, phone: string): ListPolicy {
  if (!policy.countries) return policy;
  const country = countryOf(phone);
  return (country !== null && policy.countries[country]) || policy;
}

type JoinProof = 'asked' | 'single' | 'double';

/** What joining means to a consent: `asked` is a question sent, `single` one text, `double` its confirmation. */
export const joining = (policy: ListPolicy, proof: JoinProof): 'join' | 'confirm' =>
  proof === 'double' || (proof === 'single' && policy.optIn === 'single') ? 'confirm' : 'join';

/** The state a consent moves to when somebody joins. */
export function consentAfterJoining(from: ConsentState, policy: ListPolicy, proof: JoinProof): ConsentState {
  return nextConsent(from, joining(policy, proof));
}

/** Whether joining lifts a STOP of the program: it is fresh consent once it is confirmed; a question that was only asked is none. */
export const liftsStop = (to: ConsentState, proof: JoinProof): boolean =>
  to === 'confirmed' && proof !== 'asked';
