import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';

/** A regular expression of an author's, which takes time in proportion to the text, whatever it is. */
export interface Pattern {
  readonly source: string;
  /** Where it first stands in a normalised text, or null. */
  find: (normalised: string) => { readonly from: number; readonly to: number } | null;
}

/** Letters mean both cases: texts are compared in lower case, and authors write what they see. */
export const PATTERN_FLAGS = RE2JS.CASE_INSENSITIVE;

/** Of a compiled expression, in instructions: `^\d{5}$` has 9, and time is in proportion to it. */
const MAX_SIZE = 250;
/** How much of a text is read, in UTF-16 units, about three parts: with the above, the most that a pattern may cost. */
const READS = 480;

/** A text as far as patterns read it. Where it goes on, a character that nobody texts keeps `$` from taking the cut for its end. */
export const readByPatterns = (normalised: string): string =>
  normalised.length <= READS ? normalised : `${normalised.slice(0, READS)}\0`;

/** What is wrong in a few words, with the part where it is if that is not the whole. */
function problemOf(cause: RE2JSException): string {
  if (!(cause instanceof RE2JSSyntaxException)) return cause.message;
  const { error, input } = cause;
  return input === null || input === '' || input.startsWith('(?i)') ? error : `${error} ${input}`;
}

/** Makes an author's regular expression ready (RE2 syntax: no look-around, no back-references), or says what is wrong with it. */
export function readPattern(source: string): Pattern | { readonly problem: string } {
  try {
    const compiled = RE2JS.compile(source, PATTERN_FLAGS);
    if (compiled.programSize() > MAX_SIZE) return { problem: 'it is too big' };
    return {
      source,
      find(normalised) {
        const matcher = compiled.matcher(readByPatterns(normalised));
        return matcher.find() ? { from: matcher.start(), to: matcher.end() } : null;
      },
    };
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    return { problem: problemOf(cause) };
  }
}
