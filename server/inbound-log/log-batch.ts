import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { clean } from '#shared/sms/text.ts';
import type { BatchDecider, BatchResult } from '../inbound/batch.ts';
import { giveUpText } from '../inbound/give-up.ts';
import { type Hearing, heedUnstored } from '../inbound/heed-stop.ts';
import { keyOf, type TextWork } from '../inbound/work.ts';
import { encodeEntry } from './log-entry.ts';
import { lockPositions, movePositions, type Position } from './positions.repository.ts';

/** Bytes in the log that are no text: what a fault, a stranger or a much newer version wrote. */
export interface Unreadable {
  kind: 'unreadable';
  data: Uint8Array;
  reason: string;
}

/** A text that is stored already: it stands in the log twice, or is read again. */
interface Known {
  kind: 'known';
}

/** An entry of the log with its place in it. */
export interface Logged {
  partition: number;
  seq: number;
  work: TextWork | Unreadable | Known;
}

/** Entries of some partitions: each partition's are the next after its position, in order, without a gap. */
export interface LogBatch {
  /** Where this node believes each partition to be. */
  from: ReadonlyMap<number, number>;
  entries: readonly Logged[];
}

/** Somebody else has decided on a partition meanwhile: it is read again from where it is now. */
export class PositionMoved extends Error {
  override readonly name = 'PositionMoved';
}

/** Contacts stayed locked elsewhere, by a node that hangs for example: nothing is wrong with the texts, they are tried again. */
export class ContactsHeld extends Error {
  override readonly name = 'ContactsHeld';
}

/** How often and after how many milliseconds contacts are asked for again that somebody else holds. */
const TRIES = 100;
const PAUSE_MS = 10;

/**
 * Decides a batch of the log in the caller's transaction, by the same function as every text, and moves the positions with it. The
 * positions are locked first: of two nodes that believe to lead a partition, one decides and the other finds it moved.
 */
export async function decideLogged(
  client: PoolClient,
  decider: BatchDecider,
  batch: LogBatch,
): Promise<BatchResult[]> {
  await holdPositions(client, batch);
  await keepUnreadable(client, batch.entries);
  const results: BatchResult[] = [];
  for (const round of roundsOf(textsOf(batch))) {
    let rest: readonly TextWork[] = round;
    for (let tries = 0; rest.length > 0; tries++) {
      if (tries === TRIES)
        throw new ContactsHeld('Contacts of the inbound log were held by somebody else for too long.');
      if (tries > 0) await sleep(PAUSE_MS);
      const result = await decider.decide(client, rest);
      results.push(result);
      const again = new Set(result.again);
      rest = rest.filter((work) => again.has(work));
    }
  }
  await movePositions(client, endsOf(batch));
  return results;
}

/** The same batch with the texts passed over that are stored already; itself where none is. */
export async function withoutKnown(client: PoolClient, batch: LogBatch): Promise<LogBatch> {
  const texts = textsOf(batch);
  const { rows } = await client.query<{ id: string }>(
    `select i.id from unnest($1::uuid[], $2::uuid[]) k(workspace_id, id)
       join inbound i on i.workspace_id = k.workspace_id and i.id = k.id`,
    [texts.map((text) => text.workspaceId), texts.map((text) => text.id)],
  );
  if (rows.length === 0) return batch;
  const stored = new Set(rows.map(({ id }) => id));
  const entries = batch.entries.map((entry): Logged => {
    const isKnown = entry.work.kind === 'text' && stored.has(entry.work.id);
    return isKnown ? { ...entry, work: { kind: 'known' } } : entry;
  });
  return { ...batch, entries };
}

/** Sets the only entry of a batch aside that cannot be decided, and moves on. False when its contact is held elsewhere. */
export async function giveUpLogged(client: PoolClient, batch: LogBatch, hearing: Hearing): Promise<boolean> {
  await holdPositions(client, batch);
  await keepUnreadable(client, batch.entries);
  for (const work of textsOf(batch)) if (!(await giveUpText(client, work, hearing))) return false;
  await movePositions(client, endsOf(batch));
  return true;
}

/** Keeps entries as they stand in the log, where the database refuses even to set them aside, and moves on. */
export async function keepLogged(
  client: PoolClient,
  batch: LogBatch,
  { reason, ...hearing }: Hearing & { reason: string },
): Promise<void> {
  await holdPositions(client, batch);
  for (const work of textsOf(batch)) {
    if (!(await heedUnstored(client, work, hearing)))
      throw new ContactsHeld('The contact of a text that cannot be stored is held by somebody else.');
  }
  const asUnreadable = ({ partition, seq, work }: Logged): Logged => ({
    partition,
    seq,
    work: work.kind === 'text' ? { kind: 'unreadable', data: encodeEntry(work), reason } : work,
  });
  await keepUnreadable(client, batch.entries.map(asUnreadable));
  await movePositions(client, endsOf(batch));
}

async function holdPositions(client: PoolClient, { from }: LogBatch): Promise<void> {
  const found = await lockPositions(client, [...from.keys()]);
  for (const [partition, seq] of from) {
    if (found.get(partition) !== seq)
      throw new PositionMoved(`Partition ${partition} is not at ${seq} any more.`);
  }
}

const textsOf = ({ entries }: LogBatch): TextWork[] =>
  entries.flatMap(({ work }) => (work.kind === 'text' ? [work] : []));

/**
 * Keeps what cannot be read as it is, for somebody to look at: it holds up nobody, and nothing of it is thrown away. Why it cannot be
 * read may be told in its own words, which no column of text takes as they are.
 */
async function keepUnreadable(client: PoolClient, entries: readonly Logged[]): Promise<void> {
  for (const { partition, seq, work } of entries)
    if (work.kind === 'unreadable')
      await client.query(
        `insert into inbound_log_unreadable (partition, seq, data, reason) values ($1, $2, $3, $4) on conflict do nothing`,
        [partition, seq, Buffer.from(work.data), clean(work.reason)],
      );
}

/** At most one text a contact in each round, in order. */
function roundsOf(works: readonly TextWork[]): TextWork[][] {
  const rounds: TextWork[][] = [];
  const turns = new Map<string, number>();
  for (const work of works) {
    const turn = turns.get(keyOf(work)) ?? 0;
    turns.set(keyOf(work), turn + 1);
    const round = rounds[turn];
    if (round) round.push(work);
    else rounds.push([work]);
  }
  return rounds;
}

function endsOf({ entries }: LogBatch): Position[] {
  const ends = new Map<number, Position>();
  for (const { partition, seq, work } of entries) {
    const at = work.kind === 'text' ? work.at : 0;
    const decidedUntil = Math.max(at, ends.get(partition)?.decidedUntil ?? 0);
    ends.set(partition, { partition, seq, decidedUntil });
  }
  return [...ends.values()];
}
