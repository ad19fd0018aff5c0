import type { PlannedFarEnd } from './planned-far-end.ts';

/** Somebody who texts, and is texted. */
export interface Person {
  phone: string;
  /** What they said, and what was ordered for them, in the order in which it was decided. */
  past: { cause: string; stops: boolean }[];
  /** How much of it has been answered. */
  answered: number;
  /** How much of it was answered so long ago that what was to go before has begun. */
  over: number;
  /** Ends with the last that they do. */
  doing: Promise<void>;
}

/** A text that was queued; `cause`: what of its person's past it comes from. */
export interface Queued {
  id: string;
  cause: string;
  status: string;
}

/** A text that a node handed to its gateway; `over`: how much of its person's past was over. */
export interface Begun {
  id: string;
  over: number;
}

/** What is wrong with how one person was texted; nothing where all is well. */
export function judge(
  { phone, past }: Person,
  queued: readonly Queued[],
  begun: readonly Begun[],
  farEnd: PlannedFarEnd,
): string[] {
  const wrong: string[] = [];
  const placeOf = new Map(queued.map(({ id, cause }) => [id, past.findIndex((one) => one.cause === cause)]));
  const requests = farEnd.requests.filter(({ to }) => to === phone);
  for (const { id, status } of queued) {
    const taken = requests.filter((one) => one.id === id && one.status === 'taken').length;
    if (taken !== (status === 'sent' ? 1 : 0)) wrong.push(`${id} is ${status} and was taken ${taken} times`);
  }
  for (const { id, over } of begun) {
    const [place, stop] = [
      placeOf.get(id) ?? past.length,
      past.findLastIndex(({ stops }, n) => stops && n < over),
    ];
    if (place < stop) wrong.push(`${id} (${place}) began long after STOP (${stop}) was answered`);
  }
  const stopsBetween = (from: number, to: number): boolean =>
    past.some(({ stops }, n) => stops && from < n && n <= to);
  for (const overlap of farEnd.overlaps) {
    const [from, to] = [placeOf.get(overlap.with), placeOf.get(overlap.of)];
    // What was on its way when STOP came is passed by what confirms it.
    if (from !== undefined && to !== undefined && !stopsBetween(from, to))
      wrong.push(`${overlap.of} (${to}) came while ${overlap.with} (${from}) was on its way`);
  }
  const last = new Map<string, { id: string; place: number }>();
  const claimed = new Map<number, Set<string>>();
  for (const { id, from, after, status } of requests) {
    const place = placeOf.get(id) ?? -1;
    if (place === -1) wrong.push(`${id} comes of nothing`);
    const stop = past.findLastIndex(({ stops }, n) => stops && n < after);
    if (place < stop) claimed.set(stop, (claimed.get(stop) ?? new Set()).add(`${from} ${id}`));
    else if (status === 'taken') {
      const before = last.get(from);
      if (before && place < before.place)
        wrong.push(`${id} (${place}) came after ${before.id} (${before.place})`);
      else last.set(from, { id, place });
    }
  }
  // What was claimed when STOP came may go: one of each sender.
  for (const ids of claimed.values()) {
    const froms = [...ids].map((one) => one.split(' ')[0]);
    if (new Set(froms).size < froms.length) wrong.push(`After STOP was answered came ${[...ids].join(', ')}`);
  }
  return wrong;
}
