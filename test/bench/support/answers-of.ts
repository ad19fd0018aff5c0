import { ANSWERS, type Offered } from './crowd-process.ts';

/** How the texts of an offer were answered, and how long it took; latencies in milliseconds, sorted. */
export interface Answered {
  decided: number;
  pending: number;
  refused: number;
  /** Said and never answered. */
  lost: number;
  latencies: Float32Array;
}

/** Sums an offer up, or a part of it. */
export function answersOf({ said, latencies, answers }: Offered, from = 0, to = said): Answered {
  const counts = ANSWERS.map(() => 0);
  const end = Math.min(to, said);
  for (let text = from; text < end; text++)
    counts[answers[text] ?? 0] = (counts[answers[text] ?? 0] ?? 0) + 1;
  const [lost = 0, decided = 0, pending = 0, refused = 0] = counts;
  const heard = latencies.subarray(from, end).filter((milliseconds) => !Number.isNaN(milliseconds));
  return { decided, pending, refused, lost, latencies: heard.sort() };
}

/** The places of texts that were answered so. */
export function placesOf({ said, answers }: Offered, answer: string): number[] {
  const wanted = ANSWERS.indexOf(answer);
  const places: number[] = [];
  for (let text = 0; text < said; text++) if (answers[text] === wanted) places.push(text);
  return places;
}
