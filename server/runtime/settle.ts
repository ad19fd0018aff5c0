import type { PoolClient } from 'pg';
import type { TransactionOutcome, TransactionRequest } from '#flows/engine/effects.ts';
import { assertNever } from '#shared/assert-never.ts';
import { binaryArray } from '../database/binary-array.ts';
import type { WorkspaceWorld } from './world-cache.ts';

/** A request of one decision that must be settled before the transaction commits. */
export interface OpenRequest {
  request: TransactionRequest;
  world: WorkspaceWorld;
  contactId: string;
  at: number;
}

/** Settles a round of requests of a whole batch, one statement a kind. Answers in the order of the requests. */
export async function settleRequests(
  client: PoolClient,
  open: readonly OpenRequest[],
): Promise<TransactionOutcome[]> {
  const kinds = new Map<TransactionRequest['kind'], number[]>();
  open.forEach(({ request }, index) => {
    kinds.set(request.kind, [...(kinds.get(request.kind) ?? []), index]);
  });
  const outcomes: TransactionOutcome[] = [];
  for (const [kind, indexes] of kinds) {
    const of = indexes.flatMap((index) => open[index] ?? []);
    const settled = await settleKind(client, kind, of);
    indexes.forEach((index, n) => {
      const outcome = settled[n];
      if (outcome) outcomes[index] = outcome;
    });
  }
  return outcomes;
}

function settleKind(
  client: PoolClient,
  kind: TransactionRequest['kind'],
  open: readonly OpenRequest[],
): Promise<TransactionOutcome[]> {
  switch (kind) {
    case 'enter-contest':
      return enterContests(client, open);
    default:
      return assertNever(kind);
  }
}

/** One entry a person and contest, while the contest is open. */
async function enterContests(
  client: PoolClient,
  open: readonly OpenRequest[],
): Promise<TransactionOutcome[]> {
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
      binaryArray(
        'uuid',
        entering.map(({ world }) => world.workspaceId),
      ),
      binaryArray(
        'text',
        entering.map(({ request }) => request.contest),
      ),
      binaryArray(
        'uuid',
        entering.map(({ contactId }) => contactId),
      ),
      binaryArray(
        'uuid',
        entering.map(({ request }) => request.runId),
      ),
      binaryArray(
        'timestamptz',
        entering.map(({ at }) => at),
      ),
    ],
  });
  const entered = new Set(rows.map((row) => `${row.contest} ${row.contact_id}`));
  return open.map(({ request, contactId }, index) =>
    !isOpen[index] ? 'closed' : entered.has(`${request.contest} ${contactId}`) ? 'entered' : 'already',
  );
}
