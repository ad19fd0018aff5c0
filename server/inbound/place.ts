import type { PoolClient } from 'pg';
import { newId } from '../common/ids.ts';
import { columnOf } from '../database/binary-array.ts';
import { ERASED_INBOUND_SQL } from '../database/erased.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import { type ContactRow, createContacts, lockContacts, type NewContact } from '../runtime/read-facts.ts';
import { findStopSenders } from './stop-addresses.ts';
import type { TextWork, Work } from './work.ts';

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

/** Where the work of a batch belongs. */
export interface Places {
  placed: Placed[];
  unplaced: Unplaced[];
  /** Work on contacts that are locked elsewhere. */
  again: Work[];
  /** Resolves when those who are new are written down, to the placed work whose contacts are locked elsewhere after all. */
  elsewhere: Promise<ReadonlySet<Work>>;
}

/**
 * Finds each work's sender and its contact among those that are `held`; who is not is taken for new and created, while more is asked
 * about the others. What has no sender is unplaced; what is locked elsewhere comes again. Of what is about a run, an order or a stored text
 * whose person was erased meanwhile nothing comes.
 */
export async function place(
  client: PoolClient,
  works: readonly Work[],
  worlds: ReadonlyMap<string, WorkspaceWorld>,
  held: ReadonlyMap<Work, ContactRow>,
): Promise<Places> {
  const unplaced: Unplaced[] = [];
  const addressed: Omit<Placed, 'contact'>[] = [];
  const astray: TextWork[] = [];
  const settle = (work: Work, sender: SenderEntry | undefined): void => {
    const world = worlds.get(work.workspaceId);
    if (world && sender && (work.kind === 'run' || work.reachable)) addressed.push({ work, world, sender });
    else if (work.kind === 'text') unplaced.push({ work, reason: whyUnplaced(work, sender) });
  };
  for (const work of works) {
    const world = worlds.get(work.workspaceId);
    if (work.kind === 'run') settle(work, world?.senders.get(work.senderId));
    else {
      const sender = world?.senderAt(work.gatewayId, work.to);
      if (sender && !sender.sharesStop) settle(work, sender);
      else astray.push(work);
    }
  }
  if (astray.length > 0) {
    const stops = await findStopSenders(client, astray, worlds);
    for (const work of astray)
      settle(work, stops.get(work) ?? worlds.get(work.workspaceId)?.senderAt(work.gatewayId, work.to));
  }
  const missing = addressed.map(({ work }) => work).filter((work) => !held.has(work));
  const { newcomers, gone } = await findNewcomers(client, missing);
  const fresh = new Map(newcomers.map((one) => [one.work, newContact(one)]));
  const placed: Placed[] = [];
  const again: Work[] = [];
  for (const { work, world, sender } of addressed) {
    const contact = held.get(work) ?? fresh.get(work);
    if (contact) placed.push({ work, world, sender, contact });
    else if (!gone.has(work)) again.push(work);
  }
  return { placed, unplaced, again, elsewhere: createAll(client, newcomers) };
}

function whyUnplaced(work: TextWork, sender: SenderEntry | undefined): string {
  return sender
    ? `It came from “${work.from}”, which is no phone number, so nobody can be answered.`
    : `It was sent to ${work.to}, and no sender of its gateway has that number. Add it under Settings, Senders, then read it again.`;
}

/** The contacts of a batch, locked, by its work; those that did not exist are created, those locked elsewhere are missing. */
export async function holdContacts(
  client: PoolClient,
  works: readonly Work[],
): Promise<Map<Work, ContactRow>> {
  const held = await holdKnown(client, works);
  const missing = works.filter((work) => !held.has(work));
  const { newcomers } = await findNewcomers(client, missing);
  const created = newcomers.length === 0 ? [] : await createContacts(client, newcomers);
  for (const one of created) held.set(one.work, newContact(one));
  return held;
}

/** The contacts of a batch that exist, locked, by its work. */
export async function holdKnown(client: PoolClient, works: readonly Work[]): Promise<Map<Work, ContactRow>> {
  const reachable = works.filter((work) => work.kind === 'run' || work.reachable);
  return reachable.length === 0 ? new Map() : await lockContacts(client, reachable);
}

/** Somebody who was no contact yet, and the work that makes them one. */
interface Newcomer extends NewContact {
  work: Work;
}

/**
 * Who of the people of this work, none of whom could be locked, may become a contact: whether they are locked elsewhere shows when they
 * are created. `gone`: work of which nothing comes, for whose it was is no more.
 */
async function findNewcomers(
  client: PoolClient,
  missing: readonly Work[],
): Promise<{ newcomers: Newcomer[]; gone: ReadonlySet<Work> }> {
  const bound = missing.filter(isBound);
  const nobodys = bound.length === 0 ? [] : await findNobodys(client, bound);
  const newcomers = [
    ...missing.filter((work) => !isBound(work)),
    ...nobodys.flatMap(({ work, gone }) => (gone ? [] : [work])),
  ].map((work) => {
    const { workspaceId, phone, at } = work;
    return { workspaceId, id: newId(at), phone, at, work };
  });
  return { newcomers, gone: new Set(nobodys.flatMap(({ work, gone }) => (gone ? [work] : []))) };
}

const newContact = ({ workspaceId, id, phone }: NewContact): ContactRow => ({
  workspace_id: workspaceId,
  id,
  phone,
  known: false,
  language: null,
  fields: {},
  tags: [],
});

/** Creates those who are new. Returns the work of those who were not. */
async function createAll(client: PoolClient, newcomers: readonly Newcomer[]): Promise<ReadonlySet<Work>> {
  const elsewhere = new Set<Work>();
  if (newcomers.length === 0) return elsewhere;
  const created = new Set(await createContacts(client, newcomers));
  if (created.size === newcomers.length) return elsewhere;
  for (const one of newcomers) if (!created.has(one)) elsewhere.add(one.work);
  return elsewhere;
}

/** Whether work is about something that is stored, a run, an order or a text: who was erased meanwhile does not come back for its sake. */
const isBound = (work: Work): boolean =>
  work.kind === 'run' ? 'runId' in work.happening || work.orderId !== undefined : work.stored === true;

/** The work whose contact does not exist; that of the others is locked elsewhere. `gone`: only an order that is open makes one, or a text that is there. */
async function findNobodys(
  client: PoolClient,
  works: readonly Work[],
): Promise<{ work: Work; gone: boolean }[]> {
  const { rows } = await client.query<{ n: number; gone: boolean }>({
    name: 'nobodys',
    text: `select k.n::int4 - 1 as n, case when k.inbound_id is null
        then not exists (select from orders o where o.workspace_id = k.workspace_id and o.id = k.order_id and o.outcome is null)
        else exists (select from inbound i where i.workspace_id = k.workspace_id and i.id = k.inbound_id and ${ERASED_INBOUND_SQL}) end as gone
      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) with ordinality k(workspace_id, phone, order_id, inbound_id, n)
      where not exists (select from contacts c where c.workspace_id = k.workspace_id and c.phone = k.phone)`,
    values: [
      columnOf('uuid', works, (work) => work.workspaceId),
      columnOf('text', works, (work) => work.phone),
      columnOf('uuid', works, (work) => (work.kind === 'run' ? (work.orderId ?? null) : null)),
      columnOf('uuid', works, (work) => (work.kind === 'text' ? work.id : null)),
    ],
  });
  return rows.flatMap(({ n, gone }) => (works[n] ? [{ work: works[n], gone }] : []));
}
