import type { ParsedFlow } from '../definition/parse.ts';
import { translationOf, type Unit, unitsOf } from './units.ts';

/** How far a flow is translated into one of its languages. */
export interface Completeness {
  language: string;
  /** Texts and lists of words that want translating, and those that are translated. */
  total: number;
  translated: number;
  missing: Unit[];
}

/** How far a flow is translated, for each language but the base, in the order in which it names them. */
export function completeness(flow: ParsedFlow): Completeness[] {
  const units = unitsOf(flow);
  return flow.definition.languages.slice(1).map((language) => {
    const missing = units.filter((unit) => translationOf(unit, language, flow) === null);
    return { language, total: units.length, translated: units.length - missing.length, missing };
  });
}
