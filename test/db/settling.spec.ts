import { describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import type { Settled } from '#server/outbound/settle.ts';
import { Fates } from '#server/outbound/fates.ts';
import type { ClaimedText } from '#server/outbound/read-claimed.ts';
import { claimDue } from '../support/claim.ts';
import { until } from '../support/until.ts';
import { isHeld } from './support/held-commits.ts';
import { stageSending } from './support/sending-stage.ts';

const stage = stageSending();

const ended = (text: ClaimedText, status: Settled['status'], gatewayMessageId: string | null): Settled => ({
  text,
  status,
  reason: status === 'failed' ? 'HTTP 400' : null,
  gatewayMessageId,
  reports: false,
  dueAt: stage.clock.now(),
  held: false,
});

/** Writes something down while another has changed the queue and is about to commit that. */
async function whileChanged(
  change: (client: PoolClient) => Promise<unknown>,
  write: (client: PoolClient) => Promise<unknown>,
): Promise<void> {
  const [one, other] = [stage.source.createQueryRunner(), stage.source.createQueryRunner()];
  try {
    const [changing, writing]: [PoolClient, PoolClient] = [await one.connect(), await other.connect()];
    await changing.query('begin');
    await change(changing);
    const written = write(writing);
    await until(() => isHeld(stage.source));
    await changing.query('commit');
    await written;
  } finally {
    await one.release();
    await other.release();
  }
}

const queueLength = async (): Promise<number> => {
  const [row] = await stage.source.query('select count(*)::int as texts from outbox');
  return row.texts;
};

describe('how a text ended, written down while another changes its place in the queue', () => {
  test.each([
    ['under an id of its gateway', 'far-1'],
    ['under none', null],
  ])('leaves nothing in the queue that went out %s, to go out again', async (_, reference) => {
    const id = await stage.queue({ purpose: 'service' });
    await stage.whileClaimed(async ([text]) => {
      if (!text) throw new Error('There was nothing to claim.');
      await whileChanged(
        (client) => client.query(`update outbox set due_at = timestamptz '9999-12-31', held = true`),
        (client) => new Fates().write(client, [ended(text, 'sent', reference)], stage.clock.now()),
      );
    });
    expect(await stage.fateOf(id)).toMatchObject({ status: 'sent', due: null });
    expect(await queueLength()).toBe(0);
  });

  test('gives none up that another node claims at this moment', async () => {
    const id = await stage.queue({ purpose: 'service' });
    await stage.whileClaimed(async ([late]) => {
      if (!late) throw new Error('There was nothing to claim.');
      stage.clock.advance(60_000);
      const now = stage.clock.now();
      await whileChanged(
        (client) => claimDue(client, now, 10),
        (client) => new Fates().write(client, [ended(late, 'failed', null)], now),
      );
    });
    expect(await stage.fateOf(id)).toMatchObject({ status: 'queued', reason: null });
    expect(await queueLength()).toBe(1);
  });
});
