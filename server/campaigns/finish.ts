import { Turn } from '../common/turn.ts';

/** People whose turn comes at the same time, in milliseconds since 1970. */
export interface Turns {
  at: number;
  people: number;
}

/** What a sender lets out, and what is in front; null where nothing is set. */
export interface SenderPace {
  perSecond: number | null;
  /** More waits for the next day. */
  mostADay: number | null;
  /** What it may send yet of that on the day on which everything begins, and when that day ends, in milliseconds since 1970. */
  leftToday: number;
  dayEnds: number;
  /** Texts of it that wait already. */
  queued: number;
}

/** Texts that are decided at the same time, in milliseconds since 1970. */
export interface Going {
  at: number;
  texts: number;
  validMinutes: number;
  /** When they may go that could go then: quiet hours may be in between. */
  mayGo: (at: number) => number;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** When the last have had their turn: nobody before their time, and no more than so many a minute. */
export function lastTurn(turns: readonly Turns[], perMinute: number, from: number): number {
  return turns
    .toSorted((a, b) => a.at - b.at)
    .reduce((free, { at, people }) => Math.max(free, at) + (people * MINUTE) / perMinute, from);
}

/**
 * When the last of these texts is out, how many wait for the end of quiet hours before they go, and how many come too late and are not
 * sent. They go in the order in which they are decided, behind what waits already; what waits for the end of quiet hours holds nobody up.
 */
export async function goOut(
  going: readonly Going[],
  pace: SenderPace,
  from: number,
): Promise<{ last: number; quiet: number; expired: number }> {
  const turn = new Turn();
  let last = from;
  let quiet = 0;
  let expired = 0;
  let sent = pace.queued;
  for (const { at, texts, validMinutes, mayGo } of going.toSorted((a, b) => a.at - b.at)) {
    if (turn.isOver) await turn.next();
    sent += texts;
    const turned = Math.max(at, freeAt(sent, pace, from));
    const out = mayGo(turned);
    if (out - at > validMinutes * MINUTE) expired += texts;
    else {
      last = Math.max(last, out);
      if (out > turned) quiet += texts;
    }
  }
  return { last, quiet, expired };
}

/** When a sender has let so many texts out. */
function freeAt(
  texts: number,
  { perSecond, mostADay, leftToday, dayEnds }: SenderPace,
  from: number,
): number {
  const atPace = perSecond === null ? from : from + (texts / perSecond) * 1_000;
  if (mostADay === null || texts <= leftToday) return atPace;
  return Math.max(atPace, dayEnds + (Math.ceil((texts - leftToday) / mostADay) - 1) * DAY);
}
