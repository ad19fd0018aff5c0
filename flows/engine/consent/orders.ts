import { assertNever } from '#shared/assert-never.ts';
import type { Desk } from '../desk.ts';
import { drive, type Driving } from '../drive.ts';
import type { ConsentCause } from '../effects.ts';
import { reply } from '../program-reply.ts';
import type { ConsentOrder } from '../world.ts';
import { forget, letLapseByTerms, setConsent, setStanding } from './moves.ts';

/**
 * STOP: ends every run, revokes every consent, cancels what is not yet sent, and confirms once [CTIA; 47 CFR 64.1200(a)(12)].
 * A repeated STOP is not confirmed again.
 */
export function* stop(
  words: string | null,
  desk: Desk,
  because: ConsentCause = 'stop',
  confirms = true,
): Driving<void> {
  const { contact, world } = desk;
  yield* endRuns('stop', desk);
  for (const [list, { state }] of Object.entries(contact.consents)) {
    if (state === 'confirmed') setConsent(desk, list, 'revoke', because, words);
    else if (state === 'pending') setConsent(desk, list, 'revoke', 'unsubscribe', words);
  }
  desk.effects.push({ kind: 'cancel-unsent' });
  if (!setStanding(desk, 'stop', because, words)) return;
  if (confirms && world.program.confirmsStop) reply(world.program.stopped, desk);
}

function* endRuns(by: 'stop' | 'cancel', desk: Desk): Driving<void> {
  const { runs, otherRuns = [] } = desk.contact;
  for (const run of [...runs, ...otherRuns])
    if (run.status !== 'ended') yield* drive(run, { type: by }, desk);
}

/** START takes back a STOP, and with it what that STOP revoked; nothing else. */
export function restart(desk: Desk): void {
  const stoppedAt = desk.contact.standingSince;
  setStanding(desk, 'return', 'start', desk.message);
  restore(['stop', 'gateway', 'person'], 'start', { desk, stoppedAt, words: desk.message });
  reply(desk.world.program.restarted, desk);
}

/** What a STOP was, to be taken back. */
interface Stopped {
  desk: Desk;
  /** When it was said to this program. What another program's STOP revoked, at another time, is not given back. */
  stoppedAt: number | undefined;
  words: string | null;
}

/** Gives back what was revoked for one of these reasons. */
function restore(
  causes: readonly ConsentCause[],
  because: ConsentCause,
  { desk, stoppedAt, words }: Stopped,
): void {
  for (const [list, consent] of Object.entries(desk.contact.consents)) {
    if (consent.state !== 'revoked' || consent.because === null || !causes.includes(consent.because))
      continue;
    if (consent.since === stoppedAt) setConsent(desk, list, 'restore', because, words);
  }
}

/** A decision that a text was a STOP is taken back: somebody reads it anew. */
function reopen(words: string | null, desk: Desk): void {
  const stoppedAt = desk.contact.standingSince;
  if (setStanding(desk, 'reopen', 'undone', words)) restore(['person'], 'undone', { desk, stoppedAt, words });
}

/** What the team, a gateway, an import or time says about a person's consent. */
export function* moveConsent(order: ConsentOrder, desk: Desk): Driving<void> {
  const { contact } = desk;
  switch (order.do) {
    case 'revoke':
      return yield* stop(order.words, desk, 'person', order.confirm);
    case 'release':
      setStanding(desk, 'release', 'person', order.words);
      return;
    case 'reopen':
      return reopen(order.words, desk);
    case 'block':
      return yield* stop(order.words, desk, 'gateway', false);
    case 'give-up':
      yield* stop(order.words, desk, 'given-up', false);
      forget('given-up', desk);
      return;
    case 'grant':
      // Who said STOP comes back by their own doing, not by a file.
      if (!contact.stopped) {
        const because = order.basis === 'implied' ? 'implied' : 'import';
        setConsent(desk, order.list, 'import', because, order.words, order.since);
      }
      return;
    case 'lapse':
      if (contact.consents[order.list]?.state === order.from) letLapseByTerms(order.list, order.words, desk);
      return;
    case 'erase':
      yield* endRuns('cancel', desk);
      forget('erased', desk);
      desk.effects.push({ kind: 'cancel-unsent' });
      // Nobody can read any more what was not read yet, so it is taken for a STOP.
      if (contact.frozen) setStanding(desk, 'stop', 'erased', null);
      return;
    default:
      return assertNever(order);
  }
}
