import { clean } from '#shared/sms/text.ts';
import type { SavedValue, Scalar } from './effects.ts';

/** A JSON Pointer (RFC 6901): empty for the whole document, else "/"-separated names and indexes. */
export const JSON_POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** Longest text that is kept of an answer; more is no answer that a person is told. */
const LONGEST = 1_000;

/** What a JSON document has at a pointer; undefined where it has nothing there. */
function pointedAt(json: unknown, pointer: string): unknown {
  if (pointer === '') return json;
  let at = json;
  for (const token of pointer.slice(1).split('/')) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined;
    at = Reflect.get(at, name);
  }
  return at;
}

/** The values to keep of a JSON document, by answer. Where there is nothing, null; of what is no single value, its JSON. */
export const valuesFrom = (json: unknown, save: readonly SavedValue[]): Record<string, Scalar> =>
  Object.fromEntries(save.map(({ from, as }) => [as, scalarOf(pointedAt(json, from))]));

function scalarOf(value: unknown): Scalar {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  // Cut first: half a character is no text, and no database takes it.
  return clean((typeof value === 'string' ? value : JSON.stringify(value)).slice(0, LONGEST));
}

/** Every pointer of a document that leads to a single value, in its order, for choosing from. */
export function pointersOf(json: unknown, before = ''): string[] {
  if (json === null || typeof json !== 'object') return [before];
  return Object.entries(json).flatMap(([name, value]) =>
    pointersOf(value, `${before}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
