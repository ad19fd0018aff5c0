import { type Desk, own } from '../desk.ts';
import type { ConsentCause, ConsentState, EffectRequest, Purpose } from '../effects.ts';
import { gate, joining, type JoinProof, liftsStop, type Refusal } from '../gate.ts';
import type { ContactState, Run } from '../world.ts';
import { type ConsentEvent, nextConsent } from './list-consent.ts';
import { isAnswered, isOlder, saidTo } from './said.ts';
import { nextStanding, type Standing, type StandingEvent } from './standing.ts';
import { consentNow, type HeldConsent, type ListPolicy, type ListTerms, policyFor } from './terms.ts';

/** What the consent gate says to a text on this desk. */
export function refusalOf(purpose: Purpose, list: string | null, desk: Desk): Refusal | null {
  const { contact, message, now } = desk;
  const terms = list === null ? null : termsOf(list, desk);
  return gate({
    purpose,
    consent: terms === null ? 'none' : consentNow(own(contact.consents, list ?? ''), terms, now),
    tooYoung: terms !== null && isTooYoung(contact, terms),
    stopped: contact.stopped,
    frozen: contact.frozen ?? false,
    answersMessage: message !== null,
  });
}

/** The terms of a list for the person on this desk. A list that nobody knows asks for everything. */
const termsOf = (list: string, { world, contact }: Desk): ListPolicy =>
  policyFor(world.lists.get(list) ?? { optIn: 'double' }, contact.phone);

/** Whether a list is for people of an age that this person never answered to have. */
function isTooYoung({ ages = {} }: ContactState, { minimumAge }: ListTerms): boolean {
  if (minimumAge == null) return false;
  return !Object.entries(ages).some(([years, state]) => state === 'confirmed' && Number(years) >= minimumAge);
}

/**
 * Joining a list is fresh consent: it lifts a STOP of the program, while lists revoked by that STOP stay revoked. It rests on what the
 * person said to this run, however long ago: who said nothing to it is not confirmed, nor who has left, stopped or may have stopped since.
 */
export function subscribe(
  { list, proof }: Extract<EffectRequest, { kind: 'subscribe' }>,
  run: Run,
  desk: Desk,
): void {
  const { contact } = desk;
  // Nothing could be sent to somebody whom the gateway itself has blocked, so joining waits for their START.
  if (contact.blocked) return;
  const because = proof === 'asked' ? 'asked' : proof === 'double' ? 'double-opt-in' : 'opt-in';
  const terms = termsOf(list, desk);
  letLapse(list, terms, desk);
  const held = own(contact.consents, list);
  const isNone = !isSaid(proof, held, run, desk);
  // Whoever has left and said nothing since has left: as somebody who waits to confirm, an import could bring them back.
  if (isNone && proof !== 'asked' && held?.state === 'revoked') return;
  const event = joining(terms, proof, isNone || isTooYoung(contact, terms));
  // A customer says so themselves now, which is worth more and lasts longer.
  if (event === 'confirm' && held?.state === 'confirmed' && held.because === 'implied')
    note(desk, list, { from: 'confirmed', to: 'confirmed', because, shown: desk.message });
  const to = setConsent(desk, list, event, because, desk.message);
  if (!isNone && liftsStop(to, proof)) setStanding(desk, 'return', because, desk.message);
}

/** Whether the person said so: a yes counts as the answer to this very question, and nothing that is older than what it would undo. */
function isSaid(proof: JoinProof, held: HeldConsent | undefined, run: Run, desk: Desk): boolean {
  const { stopped, frozen, standingSince = 0 } = desk.contact;
  const since = held?.since ?? 0;
  if (proof === 'double' && (!isAnswered(run, desk) || (held?.state === 'pending' && isOlder(desk, since))))
    return false;
  const said = saidTo(run, desk);
  if (said === null || (held?.state === 'revoked' && said < since)) return false;
  return !((stopped || frozen) && said < standingSince);
}

/** Notes that a consent is over by its terms, if it is. */
function letLapse(list: string, terms: ListPolicy, desk: Desk, words: string | null = null): void {
  if (consentNow(own(desk.contact.consents, list), terms, desk.now) === 'expired')
    setConsent(desk, list, 'expire', 'lapsed', words);
}

/** The same by the list's own terms for the person. */
export const letLapseByTerms = (list: string, words: string | null, desk: Desk): void =>
  letLapse(list, termsOf(list, desk), desk, words);

/** The person answered whether they have an age. Only that is kept, never the day they were born. */
export const answerAge = ({ years, passed }: Extract<EffectRequest, { kind: 'age' }>, desk: Desk): void =>
  setAge(years, passed ? 'confirm' : 'revoke', 'age', desk);

/**
 * Whoever comes back with the number may be somebody else: nothing that was agreed to before counts, nor what was answered about an age,
 * and no START gives back what an earlier STOP took.
 */
export function forget(because: 'erased' | 'given-up', desk: Desk): void {
  for (const [list, { state, because: before }] of Object.entries(desk.contact.consents)) {
    if (state !== 'revoked') setConsent(desk, list, 'revoke', because, null);
    else if (before !== 'erased' && before !== 'given-up')
      note(desk, list, { from: state, to: state, because, shown: null });
  }
  for (const years of Object.keys(desk.contact.ages ?? {})) setAge(Number(years), 'revoke', because, desk);
}

function setAge(years: number, event: ConsentEvent, because: ConsentCause, { contact, effects }: Desk): void {
  const from = contact.ages?.[years] ?? 'none';
  const to = nextConsent(from, event);
  if (from === to) return;
  contact.ages = { ...contact.ages, [years]: to };
  effects.push({ kind: 'age', years, from, to, because });
}

/** Moves a consent and writes the ledger's effect; nothing is written where it stands there already. Returns where it stands. */
export function setConsent(
  desk: Desk,
  list: string,
  event: ConsentEvent,
  because: ConsentCause,
  shown: string | null,
  since?: number,
): ConsentState {
  const from = own(desk.contact.consents, list)?.state ?? 'none';
  const to = nextConsent(from, event);
  if (from !== to) note(desk, list, { from, to, because, shown }, since);
  return to;
}

interface Move {
  from: ConsentState;
  to: ConsentState;
  because: ConsentCause;
  shown: string | null;
}

function note({ contact, effects, now }: Desk, list: string, move: Move, since?: number): void {
  const { from, to, because, shown } = move;
  contact.consents[list] = { state: to, because, since: since ?? now };
  effects.push({ kind: 'consent', list, from, to, because, shown, since });
}

/** Words that may be a STOP: somebody has to read each such text, also where one waits to be read already. */
export function doubt(words: string, desk: Desk): void {
  const { contact, effects, now } = desk;
  if (setStanding(desk, 'doubt', 'unsure', words) || !contact.frozen) return;
  contact.standingSince = now;
  effects.push({ kind: 'standing', from: 'frozen', to: 'frozen', because: 'unsure', words });
}

/** Moves the person's standing with the program, and says whether that changed anything. */
export function setStanding(
  { contact, effects, now }: Desk,
  event: StandingEvent,
  because: ConsentCause,
  words: string | null,
): boolean {
  const from: Standing = contact.stopped ? 'stopped' : contact.frozen ? 'frozen' : 'open';
  const to = nextStanding(from, event);
  if (from === to) return false;
  contact.stopped = to === 'stopped';
  contact.frozen = to === 'frozen';
  contact.blocked = to === 'stopped' && because === 'gateway';
  contact.standingSince = now;
  effects.push({ kind: 'standing', from, to, because, words });
  return true;
}
