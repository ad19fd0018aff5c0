import { Counter, register } from 'prom-client';
import { matchReserved } from '#shared/sms/reserved-words.ts';
import { normalise } from '#shared/sms/text.ts';
import type { SenderEntry } from '../runtime/world-cache.ts';
import type { TextWork } from './work.ts';

/** The same text of one person this often, each within a minute of the one before, comes from a machine. */
const MOST_SAME = 20;
const QUIET_MS = 60_000;
/** So many of any kind in a row come from a machine as well, such as one that names the hour in its answers, or a number. */
const MOST_IN_A_ROW = 500;
/** People remembered at once, as a power of two; two who share a place break each other's streaks, which a machine takes up again. */
const PLACES = 2 ** 16;

export const FLOOD_REASON = `The same text came more than ${MOST_SAME} times in a row without a minute's pause, or any more than ${MOST_IN_A_ROW} times. It is not answered until it pauses.`;

const floods = new Counter({
  name: 'textloom_inbound_flood_total',
  help: 'Texts that were set aside because the same person sent the same text over and over, or too many of any kind.',
  registers: [register],
});

/** A text that came again. */
interface Streak {
  times: number;
  /** The highest id that was counted: one that is decided again, because its batch was, is counted once. */
  id: string;
  /** The first that was one too many. */
  tooMany: string | null;
}

/**
 * Notices an auto-responder that answers our answers, or a phone gone mad, so that they do not keep each other busy for ever. What
 * means STOP, START or HELP is always heard. Each node counts what it hears itself. Of a text that comes once no more is remembered
 * than prints of it in arrays that are there already: nearly all texts are such.
 */
export class Floods {
  /** Of who said what last, by place; 0 where nobody did. */
  private readonly said = new Int32Array(PLACES);
  /** Of that text's id. */
  private readonly ids = new Int32Array(PLACES);
  private readonly at = new Float64Array(PLACES);
  /** Of who it was, and how many came from them in a row. */
  private readonly people = new Int32Array(PLACES);
  private readonly inARow = new Uint16Array(PLACES);
  private readonly streaks = new Map<number, Streak>();

  /** Counts a text that is about to be decided. True when it is one too many. */
  isOneTooMany(work: TextWork, sender: SenderEntry): boolean {
    const person = printOf(work.phone, printOf(work.workspaceId, 0));
    const text = printOf(work.text, person) || 1;
    const id = printOf(work.id, 0);
    const place = person & (PLACES - 1);
    const goesOn = work.at - (this.at[place] ?? 0) < QUIET_MS;
    const again = goesOn && this.said[place] === text;
    const isSame = again && this.ids[place] === id;
    const inARow = this.inARow[place] ?? 0;
    if (!goesOn || this.people[place] !== person) this.inARow[place] = 1;
    else if (!isSame && inARow <= MOST_IN_A_ROW) this.inARow[place] = inARow + 1;
    this.people[place] = person;
    this.said[place] = text;
    this.ids[place] = id;
    this.at[place] = work.at;
    const repeats = this.repeats(work, place, again, isSame);
    if (!repeats && (this.inARow[place] ?? 0) <= MOST_IN_A_ROW) return false;
    if (matchReserved(normalise(work.text), sender.world.reserved)) return false;
    floods.inc();
    return true;
  }

  /** Whether the same text came too often. */
  private repeats({ id }: TextWork, place: number, again: boolean, isSame: boolean): boolean {
    const streak = this.streaks.get(place);
    if (!again) {
      if (streak) this.streaks.delete(place);
      return false;
    }
    if (!streak) {
      if (!isSame) this.streaks.set(place, { times: 2, id, tooMany: null });
      return false;
    }
    if (id > streak.id) {
      streak.times++;
      streak.id = id;
      if (streak.times > MOST_SAME) streak.tooMany ??= id;
    }
    return streak.tooMany !== null && id >= streak.tooMany;
  }
}

/** A print of a text on top of another: FNV-1a over its UTF-16 units. */
function printOf(text: string, before: number): number {
  let print = before ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) print = Math.imul(print ^ text.charCodeAt(i), 0x01000193);
  return print;
}
