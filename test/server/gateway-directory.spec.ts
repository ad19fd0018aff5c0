import { describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { GatewayDirectory } from '#server/gateways/gateway-directory.ts';
import { ManualClock } from '../support/manual-clock.ts';

const ACCOUNT = { id: 'gateway', workspaceId: 'workspace', kind: 'http', config: {} };

/** A directory over a database that knows one key, and what it was asked at the same time at most. */
function directoryOf() {
  const asked = { now: 0, most: 0 };
  const query = async (_sql: string, [, key]: string[]) => {
    asked.most = Math.max(asked.most, ++asked.now);
    await new Promise(setImmediate);
    asked.now--;
    return key === 'good' ? [ACCOUNT] : [];
  };
  const clock = new ManualClock();
  return { directory: new GatewayDirectory({ query } as unknown as DataSource, clock), clock, asked };
}

describe('whoever guesses the keys of doors', () => {
  test('makes no account forgotten, and holds a few connections only', async () => {
    const { directory, asked } = directoryOf();
    expect(await directory.find('http', 'good')).toEqual(ACCOUNT);
    for (let n = 0; n < 25; n++)
      await Promise.all(Array.from({ length: 500 }, (_, at) => directory.find('http', `${n} ${at}`)));
    expect(directory.known('http', 'good')).toEqual(ACCOUNT);
    expect(directory.known('http', '24 499')).toBeNull();
    expect(asked.most).toBeLessThanOrEqual(4);
  });

  test('is asked to come again where too many do, and no account is', async () => {
    const { directory, clock } = directoryOf();
    await directory.find('http', 'good');
    clock.advance(60_000);
    const guesses = Array.from({ length: 2_000 }, (_, n) => directory.find('http', `${n}`));
    expect(await directory.find('http', 'good')).toEqual(ACCOUNT);
    const refused = (await Promise.allSettled(guesses)).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(900);
    expect(refused[0]).toMatchObject({ reason: { status: 503, code: 'inbound.overloaded' } });
  });
});
