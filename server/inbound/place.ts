import type { PoolClient } from 'pg';
import { newId } from '../common/ids.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import { type ContactRow, createContacts, lockContacts } from './read-facts.ts';
import { findStopSenders } from './stop-addresses.ts';
import { keyOf, type TextWork, type Work } from './work.ts';

/** A piece of work whose contact this transaction holds. */
export interface Placed {
  work: Work;
  world: WorkspaceWorld;
  sender: SenderEntry;
  contact: ContactRow;
}

/** A text that is stored without being decided, and why. */
export interface Unplaced {
  work: TextWork;
  reason: string;
}

/**
 * Finds each work's sender and its contact among those that are `held`; who is new is created. What has no sender is unplaced; what is
 * locked elsewhere comes again.
 */
export async function place(
  client: PoolClient,
  works: readonly Work[],
  worlds: ReadonlyMap<string, WorkspaceWorld>,
  held: Map<string, ContactRow>,
): Promise<{ placed: Placed[]; unplaced: Unplaced[]; again: Work[] }> {
  const unplaced: Unplaced[] = [];
  const addressed: Omit<Placed, 'contact'>[] = [];
  const stops = await findStopSenders(client, works, worlds);
  for (const work of works) {
    const world = worlds.get(work.workspaceId);
    const sender =
      work.kind === 'text'
        ? (world?.senderAt(work.gatewayId, work.to) ?? stops.get(work))
        : world?.senders.get(work.senderId);
    if (world && sender && (work.kind === 'run' || work.reachable)) addressed.push({ work, world, sender });
    else if (work.kind === 'text') unplaced.push({ work, reason: whyUnplaced(work, sender) });
  }
  await createMissing(
    client,
    addressed.map(({ work }) => work),
    held,
  );
  const placed: Placed[] = [];
  const again: Work[] = [];
  for (const one of addressed) {
    const contact = held.get(keyOf(one.work));
    if (contact) placed.push({ work: one.work, world: one.world, sender: one.sender, contact });
    else again.push(one.work);
  }
  return { placed, unplaced, again };
}

function whyUnplaced(work: TextWork, sender: SenderEntry | undefined): string {
  return sender
    ? `"${work.from}" is no phone number, so nobody can be answered.`
    : `No sender of this gateway has the number "${work.to}".`;
}

/** The contacts of a batch, locked; those that did not exist are created, those locked elsewhere are missing. */
export async function holdContacts(
  client: PoolClient,
  works: readonly Work[],
): Promise<Map<string, ContactRow>> {
  const held = await holdKnown(client, works);
  await createMissing(client, works, held);
  return held;
}

/** The contacts of a batch that exist, locked, by the keys of their work. */
export async function holdKnown(
  client: PoolClient,
  works: readonly Work[],
): Promise<Map<string, ContactRow>> {
  const reachable = works.filter((work) => work.kind === 'run' || work.reachable);
  const held = new Map<string, ContactRow>();
  if (reachable.length === 0) return held;
  const rows = await lockContacts(
    client,
    reachable.map((work) => work.workspaceId),
    reachable.map((work) => work.phone),
  );
  keep(rows, held);
  return held;
}

async function createMissing(
  client: PoolClient,
  works: readonly Work[],
  held: Map<string, ContactRow>,
): Promise<void> {
  const missing = works.filter((work) => !held.has(keyOf(work)));
  if (missing.length === 0) return;
  const made = missing.map(({ workspaceId, phone, at }) => ({ workspaceId, id: newId(at), phone, at }));
  keep(await createContacts(client, made), held);
}

function keep(rows: readonly ContactRow[], held: Map<string, ContactRow>): void {
  for (const row of rows) held.set(`${row.workspace_id} ${row.phone}`, row);
}
