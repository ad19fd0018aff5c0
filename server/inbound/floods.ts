import { Counter, register } from 'prom-client';
import { matchReserved } from '#shared/sms/reserved-words.ts';
import { normalise } from '#shared/sms/text.ts';
import type { SenderEntry } from '../runtime/world-cache.ts';
import { keyOf, type TextWork } from './work.ts';

/** The same text of one person this often, each within a minute of the one before, comes from a machine. */
const MOST_SAME = 20;
const QUIET_MS = 60_000;
/** People remembered at once; more than text within a minute are not worth the memory. */
const MOST_PEOPLE = 50_000;

export const FLOOD_REASON = `The same text came more than ${MOST_SAME} times in a row without a minute's pause. It is not answered until it pauses.`;

const floods = new Counter({
  name: 'textloom_inbound_flood_total',
  help: 'Texts that were set aside because the same person sent the same text over and over.',
  registers: [register],
});

interface Said {
  text: string;
  times: number;
  /** The highest id that was counted: one that is decided again, because its batch was, is counted once. */
  id: string;
  /** The first that was one too many. */
  tooMany: string | null;
  at: number;
}

/**
 * Notices an auto-responder that answers our answers, or a phone gone mad, so that they do not keep each other busy for ever. What
 * means STOP, START or HELP is always heard. Each node counts what it hears itself.
 */
export class Floods {
  private readonly said = new Map<string, Said>();

  /** Counts a text that is about to be decided. True when it is one too many. */
  isOneTooMany(work: TextWork, sender: SenderEntry): boolean {
    const key = keyOf(work);
    const last = this.said.get(key);
    const again = last !== undefined && last.text === work.text && work.at - last.at < QUIET_MS;
    const isNew = !again || work.id > last.id;
    const times = again ? last.times + (isNew ? 1 : 0) : 1;
    const tooMany = times <= MOST_SAME ? null : (last?.tooMany ?? work.id);
    if (!again && this.said.size >= MOST_PEOPLE) this.said.clear();
    this.said.set(key, { text: work.text, times, id: isNew ? work.id : last.id, tooMany, at: work.at });
    if (tooMany === null || work.id < tooMany) return false;
    if (matchReserved(normalise(work.text), sender.world.reserved)) return false;
    floods.inc();
    return true;
  }
}
