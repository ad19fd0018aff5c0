import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '#server/config.ts';
import { explainStart } from '#server/explain-start.ts';

const coded = (code: string, message: string, more: object = {}) =>
  Object.assign(new TypeError(message), { code, ...more });

describe('a start that fails', () => {
  it.each([
    ['a port in use', coded('EADDRINUSE', 'in use'), /^Another program already listens .* \(in use\)$/],
    ['a port that is not ours', coded('EACCES', 'no', { syscall: 'listen' }), /^This user may not listen/],
    [
      'a full database',
      coded('53300', 'sorry, too many clients already'),
      /has none left.*DATABASE_POOL.*\(sorry, too many/,
    ],
    [
      'a silent database',
      new Error('timeout exceeded when trying to connect'),
      /^The database gives no connection.*DATABASE_URL/,
    ],
    [
      'a standby',
      coded('25006', 'cannot execute INSERT in a read-only transaction'),
      /^The database only reads.*primary.*\(cannot execute INSERT/,
    ],
    ['a setting', new ConfigError(['PORT must be a number.']), /^PORT must be a number\.$/],
    ['a sentence', new Error('Textloom does not run on ./data.'), /^Textloom does not run on \.\/data\.$/],
  ])('says what to do about %s', (_, error, sentence) => {
    expect(explainStart(error)).toMatch(sentence);
  });

  it('shows the place of a mistake of ours', () => {
    expect(explainStart(new TypeError('x is not a function'))).toMatch(/^TypeError: x.*\n\s+at /);
    expect(explainStart('thrown')).toBe('thrown');
  });
});
