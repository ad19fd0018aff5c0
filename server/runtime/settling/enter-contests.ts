import type { PoolClient } from 'pg';
import type { TransactionAnswer } from '#flows/engine/effects.ts';
import { columnOf } from '../../database/binary-array.ts';
import type { ContestEntry } from './open-request.ts';

/** One entry a person and contest, while the contest is open. */
export async function enterContests(
  client: PoolClient,
  open: readonly ContestEntry[],
): Promise<TransactionAnswer[]> {
  const isOpen = open.map(
    ({ request, world, at }) => at < (world.contests.get(request.contest) ?? Number.POSITIVE_INFINITY),
  );
  const entering = open.filter((_, index) => isOpen[index]);
  const { rows } = await client.query<{ contest: string; contact_id: string }>({
    name: 'enter-contests',
    text: `insert into contest_entries (workspace_id, contest, contact_id, run_id, at)
      select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[]) order by 1, 2, 3
      on conflict do nothing returning contest, contact_id`,
    values: [
      columnOf('uuid', entering, ({ world }) => world.workspaceId),
      columnOf('text', entering, ({ request }) => request.contest),
      columnOf('uuid', entering, ({ contactId }) => contactId),
      columnOf('uuid', entering, ({ request }) => request.runId),
      columnOf('timestamptz', entering, ({ at }) => at),
    ],
  });
  const entered = new Set(rows.map((row) => `${row.contest} ${row.contact_id}`));
  return open.map(({ request, contactId }, index) => ({
    outcome: !isOpen[index]
      ? 'closed'
      : entered.has(`${request.contest} ${contactId}`)
        ? 'entered'
        : 'already',
  }));
}
