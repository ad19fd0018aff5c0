import { describe, expect, test } from '@jest/globals';
import { holdToDurability } from '#server/inbound-log/log-stream.ts';

describe('what a NATS of a version is trusted with', () => {
  test.each(['2.10.27', '2.10.29-RC.1', '2.11.0', '2.15.1', '3.0.0'])('three replicas: %s', (version) => {
    expect(() => holdToDurability(version, 'replicas')).not.toThrow();
  });

  test.each(['2.9.10', '2.9.25', '2.10.0', '2.10.26', '1.99.99', 'unknown', ''])(
    'not with three replicas, which came to differ: %j',
    (version) => {
      expect(() => holdToDurability(version, 'replicas')).toThrow(/may come to differ.*Use 2\.10\.27/);
    },
  );

  test('to sync each text from 2.10 on, and with nothing that matters always', () => {
    expect(() => holdToDurability('2.9.25', 'synced')).toThrow('cannot sync each text to its disk');
    for (const version of ['2.10.0', '2.11.3', '3.0.0']) holdToDurability(version, 'synced');
    holdToDurability('2.9.10', 'unsafe');
  });
});
