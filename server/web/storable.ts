import { Problem } from '../common/problem.ts';

/** Deeper than any input of ours, and far from what a recursive reader can't bear. */
const DEPTH = 64;
/** NUL, which PostgreSQL's text refuses, and half surrogate pairs, which its JSON refuses. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Throws a 400, with the place, for input that parses but could never be stored. It walks without recursion, however deep the input is.
 * `path`: where the input itself stands.
 */
export function checkStorable(input: unknown, from: string, path = ''): void {
  const depth = path === '' ? 0 : path.split('.').length;
  const open: { value: unknown; path: string; depth: number }[] = [{ value: input, path, depth }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { value, path, depth } = at;
    if (typeof value === 'string') {
      if (UNSTORABLE.test(value)) throw unstorable(from, path);
    } else if (value !== null && typeof value === 'object') {
      if (depth >= DEPTH) throw tooDeep(from);
      for (const [key, inner] of Object.entries(value)) {
        if (UNSTORABLE.test(key)) throw unstorable(from, path);
        open.push({ value: inner, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
      }
    }
  }
}

function unstorable(from: string, place: string): Problem {
  const message = 'This has a character that no text can hold (NUL, or half of a surrogate pair).';
  return Problem.badRequest(`${from}.invalid`, message, {
    place,
    issues: [{ code: `${from}.unstorable`, place, message }],
  });
}

const tooDeep = (from: string): Problem =>
  Problem.badRequest(`${from}.too-deep`, `The ${from} is nested more than ${DEPTH} levels deep.`);
