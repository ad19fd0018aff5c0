import type { PoolClient } from 'pg';
import { newId } from '../common/ids.ts';
import type { MovablePlace, WaitingPlace } from './movable-places.ts';

/** A move that this node works on until its lease ends. */
export interface ClaimedMove {
  workspace_id: string;
  id: string;
  flow_id: string;
  from_version_id: string;
  to_version_id: string;
  from_number: number;
  to_number: number;
  nodes: string[];
  status: 'running' | 'undoing';
  reached: string | null;
}

/** A run that goes along, and where it was. */
interface MovedRun extends WaitingPlace {
  id: string;
  seq: number;
  wake_at: Date | null;
}

/** What one batch works on: where runs come from, where they go, and in which places. */
export interface Passage {
  move: ClaimedMove;
  fromVersionId: string;
  toVersionId: string;
  /** Which of these places people may go along from. */
  movable: (waiting: readonly WaitingPlace[]) => MovablePlace[];
  /** Numbers of the versions, for the trail. */
  numbers: { from: number; to: number };
}

const LEASE_MS = 60_000;
const NONSENSE_MS = 5 * 60_000;
const AT_ONCE = 500;

/** Takes a move that nobody works on: the one that has waited longest, so that a crowd in one flow holds up no other. */
export async function claimMove(client: PoolClient, now: number): Promise<ClaimedMove | null> {
  const { rows } = await client.query<ClaimedMove>(
    `update run_moves m set leased_until = $2 from flow_versions a, flow_versions b
     where a.id = m.from_version_id and b.id = m.to_version_id and (m.workspace_id, m.id) in (
       select workspace_id, id from run_moves
       where status in ('running', 'undoing') and (leased_until <= $1 or leased_until > $3)
       order by leased_until, created_at limit 1 for update skip locked)
     returning m.workspace_id, m.id, m.flow_id, m.from_version_id, m.to_version_id, a.number as from_number, b.number as to_number,
       m.nodes, m.status, m.reached`,
    [new Date(now), new Date(now + LEASE_MS), new Date(now + NONSENSE_MS)],
  );
  return rows[0] ?? null;
}

/**
 * Moves the next runs, each under its contact's lock, so that nothing of that person is decided meanwhile. Position, answers and
 * sequence stay: whatever the run waits for still finds it. Who waits longer or shorter in the other version does so from when they
 * began; a wake-up that is due already stays so. Who is taken back has the time they came with, or what they have got since because
 * their question went out late. Belongs into a transaction.
 */
export async function moveBatch(client: PoolClient, passage: Passage, now: number): Promise<void> {
  const { move } = passage;
  const isUndo = move.status === 'undoing';
  if (!(await goesOn(client, move, now))) return;
  const { rows: next } = await client.query<{ id: string; contact_id: string }>(
    `select r.id, r.contact_id from runs r
     where r.workspace_id = $1 and r.flow_id = $2 and r.version_id = $3 and r.status <> 'ended'
       and ($4::uuid is null or r.id > $4)
       and (not $5 or exists (select 1 from moved_runs m where m.workspace_id = $1 and m.move_id = $6 and m.run_id = r.id and not m.undone))
     order by r.id limit ${AT_ONCE}`,
    [move.workspace_id, move.flow_id, passage.fromVersionId, move.reached, isUndo, move.id],
  );
  await client.query(
    'select id from contacts where workspace_id = $1 and id = any($2::uuid[]) order by id for no key update',
    [move.workspace_id, next.map((run) => run.contact_id)],
  );
  const ids = next.map(({ id }) => id);
  const { rows: waiting } = await client.query<WaitingPlace>(
    'select distinct node, place from runs where workspace_id = $1 and id = any($2::uuid[])',
    [move.workspace_id, ids],
  );
  const places = passage.movable(waiting);
  const { rows: moved } = await client.query<MovedRun>(
    `with before as (
       select r.id, r.wake_at, m.wake_at as came_with, m.run_id is not null as may_return
       from runs r left join moved_runs m on $6 and m.workspace_id = r.workspace_id and m.move_id = $7 and m.run_id = r.id and m.seq = r.seq
       where r.workspace_id = $1 and r.id = any($2::uuid[]))
     update runs r set version_id = $4, wake_at = case
         when b.may_return and p.wait in ('keep', 'shift') and r.wake_at <> b.came_with
           then greatest(b.came_with, r.wake_at + p.seconds * interval '1 second')
         when b.may_return then b.came_with
         when r.wake_at <= $5 or p.wait = 'keep' then r.wake_at
         when p.wait = 'shift' then r.wake_at + p.seconds * interval '1 second'
         when p.wait = 'set' then $5::timestamptz + p.seconds * interval '1 second' end
     from before b, unnest($8::text[], $9::text[], $10::text[], $11::int[]) p(node, place, wait, seconds)
     where r.workspace_id = $1 and r.id = b.id and r.version_id = $3 and r.status <> 'ended' and r.node = p.node and r.place = p.place
     returning r.id, r.node, r.place, r.seq, b.wake_at`,
    [
      move.workspace_id,
      ids,
      passage.fromVersionId,
      passage.toVersionId,
      new Date(now),
      isUndo,
      move.id,
      places.map(({ node }) => node),
      places.map(({ place }) => place),
      places.map(({ wait }) => wait.do),
      places.map(({ wait }) => ('seconds' in wait ? wait.seconds : 0)),
    ],
  );
  await note(client, passage, moved, now);
  const isOver = next.length < AT_ONCE;
  await client.query(
    `update run_moves set leased_until = $4, reached = $3, status = $5, ended_at = case when $6 then $4 else ended_at end
     where workspace_id = $1 and id = $2`,
    [
      move.workspace_id,
      move.id,
      next.at(-1)?.id ?? move.reached,
      new Date(now),
      isOver ? (isUndo ? 'undone' : 'done') : move.status,
      isOver,
    ],
  );
}

/** Whether a move still is what it was when it was claimed: no batch follows a pause. It stays so until the batch is through. */
async function goesOn(client: PoolClient, move: ClaimedMove, now: number): Promise<boolean> {
  const { rows } = await client.query<{ goes_on: boolean }>(
    `update run_moves set leased_until = case when status = $3 then leased_until else $4 end
     where workspace_id = $1 and id = $2 returning status = $3 as goes_on`,
    [move.workspace_id, move.id, move.status, new Date(now)],
  );
  return rows[0]?.goes_on ?? false;
}

/** Keeps where each run came from, and tells its trail. */
async function note(
  client: PoolClient,
  { move, numbers }: Passage,
  moved: readonly MovedRun[],
  now: number,
): Promise<void> {
  const ids = moved.map(({ id }) => id);
  if (move.status === 'undoing') {
    await client.query(
      'update moved_runs set undone = true where workspace_id = $1 and move_id = $2 and run_id = any($3::uuid[])',
      [move.workspace_id, move.id, ids],
    );
  } else {
    await client.query(
      `insert into moved_runs (workspace_id, move_id, run_id, node, place, seq, wake_at)
       select $1, $2, * from unnest($3::uuid[], $4::text[], $5::text[], $6::int[], $7::timestamptz[])`,
      [
        move.workspace_id,
        move.id,
        ids,
        moved.map(({ node }) => node),
        moved.map(({ place }) => place),
        moved.map(({ seq }) => seq),
        moved.map(({ wake_at: wakeAt }) => wakeAt),
      ],
    );
  }
  await client.query(
    `insert into trail (workspace_id, run_id, id, cause_id, at, steps)
     select $1, n.run_id, n.id, null, $4, $5::json from unnest($2::uuid[], $3::uuid[]) n(run_id, id)`,
    [
      move.workspace_id,
      ids,
      ids.map(() => newId(now)),
      new Date(now),
      JSON.stringify([{ do: 'moved', ...numbers }]),
    ],
  );
}
