import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { lowestId } from '#server/common/ids.ts';
import { NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

// A campaign registered with the operators: its senders share their limits.

const stage = stageSending({ at: NOON_IN_NEW_YORK });
const first = lowestId(1);

beforeEach(async () => {
  await stage.setSender(`campaign = 'C12345', over_day = 'fail'`);
  await stage.source.query(
    `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at, campaign, most_a_day)
     select $2, workspace_id, gateway_id, program_id, '54321', kind, country, destinations, created_at, campaign, 2
     from senders where id = $1`,
    [stage.workspace.senderId, first],
  );
});
afterEach(removeFirst);

async function removeFirst(): Promise<void> {
  await stage.source.query('delete from senders where id = $1', [first]);
}

const queue = (senderId?: string) => stage.queue({ purpose: 'reply', ...(senderId && { senderId }) });

test('its ceiling holds for all its senders, whichever of them has it', async () => {
  const ids = [await queue(), await queue(), await queue(), await queue(first)];
  await stage.send();
  const fates = await Promise.all(ids.map((id) => stage.fateOf(id)));
  expect(fates.map(({ status }) => status)).toEqual(['sent', 'sent', 'failed', 'queued']);
});

test('its day counts on when its first sender is removed', async () => {
  await stage.setSender(`most_a_day = 2`);
  const ids = [await queue(), await queue(first)];
  await stage.send();
  for (const id of ids) expect((await stage.fateOf(id)).status).toBe('sent');
  await removeFirst();
  const over = await queue();
  await stage.send();
  expect(await stage.fateOf(over)).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/2 texts/),
  });
});
