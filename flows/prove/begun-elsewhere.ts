import type { Phone } from '../engine/phone.ts';
import { isElsewhere } from './world.ts';

/** A text of the person's that began another flow. */
export interface BegunElsewhere {
  /** The keyword, or the text where nothing else took it. */
  by: string;
  flow: string;
}

/** The other flows that were begun on a phone, in their order. What they say is not ours to know, so it hears nothing of them. */
export const begunElsewhere = ({ contact: { runs } }: Phone): BegunElsewhere[] =>
  runs
    .filter(({ flow }) => isElsewhere(flow))
    .map(({ entry: { keyword, rest }, flow }) => ({
      by: keyword ?? rest ?? '',
      flow: flow.compiled.definition.name,
    }))
    .reverse();

/** That in sentences, each once. */
export const elsewhereSentences = (begun: readonly BegunElsewhere[]): string[] => [
  ...new Set(begun.map(({ by, flow }) => `“${by}” starts “${flow}”, not this flow.`)),
];
