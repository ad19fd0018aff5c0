import { describe, expect, it } from '@jest/globals';
import { readSettings } from '#server/config.ts';
import { readNatsAddress } from '#server/inbound-log/nats-address.ts';

describe('the address of a NATS', () => {
  it('names several servers, who to be, and whether TLS is a must', () => {
    expect(readNatsAddress('nats://one:4222, nats://[::1]:4223,nats://three')).toEqual({
      servers: ['one:4222', '[::1]:4223', 'three'],
    });
    expect(readNatsAddress('nats://ada:p%40ss@one:4222,nats://two:4222')).toEqual({
      servers: ['one:4222', 'two:4222'],
      user: 'ada',
      pass: 'p@ss',
    });
    expect(readNatsAddress('tls://token@one')).toEqual({ servers: ['one'], token: 'token', tls: {} });
  });

  it('is refused when one of several is none', () => {
    const { natsUrl } = readSettings({ NATS_URL: 'nats://one:4222,nats://two:4222' });
    expect(natsUrl).toBe('nats://one:4222,nats://two:4222');
    expect(() => readSettings({ NATS_URL: 'nats://one:4222,two' })).toThrow(
      'NATS_URL must be one or several addresses such as nats://user:password@host:4222, with commas between.',
    );
  });
});
