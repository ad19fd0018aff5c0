/** People whose turn comes at the same time, in milliseconds since 1970. */
export interface Turns {
  at: number;
  people: number;
}

/** What a sender lets out: null where nothing is set. */
export interface SenderPace {
  perSecond: number | null;
  /** More waits for the next day. */
  mostADay: number | null;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** When the last have had their turn: nobody before their time, and no more than so many a minute. */
export function lastTurn(turns: readonly Turns[], perMinute: number, from: number): number {
  return turns
    .toSorted((a, b) => a.at - b.at)
    .reduce((free, { at, people }) => Math.max(free, at) + (people * MINUTE) / perMinute, from);
}

/** When the last of so many texts is out, where their sender has nothing else to send. */
export function lastOut(texts: number, { perSecond, mostADay }: SenderPace, from: number): number {
  const atPace = perSecond === null ? 0 : (texts / perSecond) * 1_000;
  const atDays = mostADay === null ? 0 : (Math.ceil(texts / mostADay) - 1) * DAY;
  return from + Math.max(atPace, atDays, 0);
}
