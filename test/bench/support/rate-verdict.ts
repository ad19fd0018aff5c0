import type { Verdict } from '../bench.ts';
import { figure } from './words.ts';

/** A rate that was asked for, what was measured, and something on the same machine that does only a part of the same. */
interface Rate {
  what: string;
  /** A second. */
  asked: number;
  /** Further words to what was asked. */
  aim?: string;
  measured: number;
  /** What is counted: MO, MT. */
  unit: string;
  baseline: { name: string; rate: number };
}

/** Where not even a part of the work reaches the rate that was asked for, the whole cannot be measured against it. */
export function rateVerdict({ what, asked, aim, measured, unit, baseline }: Rate): Verdict {
  const canBe = baseline.rate >= asked;
  const beside = `${baseline.name} ${figure(baseline.rate)}`;
  return {
    what,
    asked: `${figure(asked)} ${unit}/s${aim ? `, ${aim}` : ''}`,
    measured: `${figure(measured)} ${unit}/s; ${canBe ? beside : `not measurable here, because ${beside}`}`,
    ratio: { value: measured / baseline.rate, better: 'more' },
    met: measured >= asked ? true : canBe ? false : null,
  };
}
