/** Words on one line, as people write lists: "YES, yeah, ok". */
export const wordLine = (words: readonly string[]): string => words.join(', ');

/** The words of a line; commas, semicolons and line breaks stand between them. */
export const wordsIn = (line: string): string[] =>
  line.split(/[,;\n]/).flatMap((word) => {
    const trimmed = word.trim().slice(0, MAX_WORD);
    return trimmed === '' ? [] : [trimmed];
  });

/** As long as the word of an answer may be. */
const MAX_WORD = 60;
