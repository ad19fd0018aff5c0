import { describe, expect, test } from '@jest/globals';
import { createLog } from '#server/common/log.ts';
import { Doubtful } from '#server/outbound/doubtful.ts';
import type { ClaimedText } from '#server/outbound/read-claimed.ts';

const text = (id: string) => ({ id }) as ClaimedText;
const lines: string[] = [];
const log = createLog('error', { write: (line) => void lines.push(line) });
const FOUND = text('found');
const MISSING = text('missing');

describe('replies of which nobody knows whether they were committed', () => {
  test('go once, where their rows are there', async () => {
    const gone: string[] = [];
    const doubtful = await new Promise<Doubtful>((resolve) => {
      const one: Doubtful = new Doubtful(
        async (texts) => new Set(texts.filter(({ id }) => id === MISSING.id)),
        (texts) => {
          gone.push(...texts.map(({ id }) => id));
          resolve(one);
        },
        log,
      );
      one.add([FOUND, MISSING]);
    });
    expect(gone).toEqual([FOUND.id]);
    expect(doubtful.end()).toEqual([MISSING]);
  });

  test('stay in doubt while the database is away', async () => {
    const looked = await new Promise<Doubtful>((resolve) => {
      const one: Doubtful = new Doubtful(
        () => {
          setImmediate(resolve, one);
          return Promise.reject(new Error('Connection terminated'));
        },
        () => undefined,
        log,
      );
      one.add([FOUND]);
    });
    expect([looked.end(), lines]).toEqual([[FOUND], []]);
  });

  test('stay in doubt where the look is a mistake, and the log says so', async () => {
    const looked = await new Promise<Doubtful>((resolve) => {
      const one: Doubtful = new Doubtful(
        () => {
          setImmediate(resolve, one);
          return Promise.reject(new TypeError('undefined is not a text'));
        },
        () => undefined,
        log,
      );
      one.add([FOUND]);
    });
    expect(looked.end()).toEqual([FOUND]);
    expect(lines.splice(0).join()).toContain('Replies in doubt could not be looked for.');
  });

  test('are not looked for after the end', async () => {
    let looks = 0;
    const doubtful = new Doubtful(
      async () => {
        looks++;
        return new Set();
      },
      () => undefined,
      log,
    );
    doubtful.add([FOUND]);
    doubtful.end();
    doubtful.add([MISSING]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([looks, doubtful.end()]).toEqual([0, []]);
  });
});
