import { nextConsent } from './consent/list-consent.ts';
import type { ListTerms } from './consent/terms.ts';
import type { ConsentState, Purpose } from './effects.ts';

/** Everything the consent gate looks at. */
export interface GateQuestion {
  purpose: Purpose;
  /** What the consent for the text's list counts for now; `none` when it names no list. */
  consent: ConsentState;
  /** Whether the list is for people of an age, and this person never answered that they have it. */
  tooYoung?: boolean;
  /** Whether the person said STOP to this sender's program and has not come back. */
  stopped: boolean;
  /** Whether the person wrote what may be a STOP and nobody has read it yet. */
  frozen?: boolean;
  /** Whether this text answers a message of the person's own, in the same breath. */
  answersMessage: boolean;
}

export type Refusal = 'stopped' | 'frozen' | 'no-consent' | 'too-young' | 'not-a-reply';

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
  if (question.purpose !== 'marketing') return null;
  if (question.consent !== 'confirmed') return 'no-consent';
  return question.tooYoung ? 'too-young' : null;
}

/** What joining rests on. */
export type JoinProof = 'asked' | 'single' | 'double';

/**
 * What joining means to a consent: `asked` is a question sent, `single` one text, `double` its confirmation. Nobody is
 * confirmed with whom something is `missing`: an answer that they have the age that the list is for, or a text that says so at all.
 */
export function joining({ optIn }: ListTerms, proof: JoinProof, missing = false): 'join' | 'confirm' {
  const isMet = proof === 'double' || (proof === 'single' && optIn === 'single');
  return isMet && !missing ? 'confirm' : 'join';
}

/** The state a consent moves to when somebody joins. */
export function consentAfterJoining(
  from: ConsentState,
  terms: ListTerms,
  proof: JoinProof,
  missing = false,
): ConsentState {
  return nextConsent(from, joining(terms, proof, missing));
}

/** Whether joining lifts a STOP of the program: it is fresh consent once it is confirmed; a question that was only asked is none. */
export const liftsStop = (to: ConsentState, proof: JoinProof): boolean =>
  to === 'confirmed' && proof !== 'asked';
