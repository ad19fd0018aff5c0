import type { PoolClient } from 'pg';
import type { Standing } from '#flows/engine/consent/standing.ts';
import type { ConsentCause, ConsentState, Scalar } from '#flows/engine/effects.ts';
import { binaryArray, columnOf } from '../database/binary-array.ts';

/** A contact whose row lock this transaction holds. */
export interface ContactRow {
  workspace_id: string;
  id: string;
  phone: string;
  /** Was there before the work at hand: texted us before, or was imported. */
  known: boolean;
  language: string | null;
  fields: Record<string, Scalar>;
  tags: string[];
}

export interface RunRow {
  id: string;
  sender_id: string;
  version_id: string;
  status: 'active' | 'parked';
  node: string;
  place: string;
  context: unknown;
  seq: number;
  wake_at: number | null;
  started_at: number;
  keyword: string | null;
  medium: string | null;
  rest: string | null;
}

export interface ConsentRow {
  scope: string;
  state: ConsentState | Standing;
  because: ConsentCause | null;
  since: number;
  head: Buffer;
}

interface ArmRow {
  experiment: string;
  arm: string;
}

/** Everything a decision needs to know about contacts. */
export interface Facts {
  runs: ReadonlyMap<ContactRow, RunRow[]>;
  consents: ReadonlyMap<ContactRow, ConsentRow[]>;
  arms: ReadonlyMap<ContactRow, ArmRow[]>;
}

/** Rows say by its place in the question whom they are about: a number is read faster than an id, on both sides. */
interface Numbered {
  n: number;
}

/** Somebody who may be a contact. */
interface Person {
  workspaceId: string;
  phone: string;
}

/** The revisions of the workspaces in a batch, as this transaction sees them. */
export async function readRevisions(
  client: PoolClient,
  workspaceIds: string[],
): Promise<{ id: string; revision: string }[]> {
  const { rows } = await client.query<{ id: string; revision: string }>({
    name: 'revisions',
    text: 'select id, revision::text from workspaces where id = any($1::uuid[])',
    values: [binaryArray('uuid', workspaceIds)],
  });
  return rows;
}

/** Locks the contacts that exist and are free, in the order of their ids; of those locked elsewhere nothing is said. */
export async function lockContacts<Asked extends Person>(
  client: PoolClient,
  asked: readonly Asked[],
): Promise<Map<Asked, ContactRow>> {
  const { rows } = await client.query<
    Numbered & {
      id: string;
      language: string | null;
      fields: ContactRow['fields'] | null;
      tags: string[] | null;
    }
  >({
    name: 'lock-contacts',
    // What nobody wrote is not sent.
    text: `select k.n::int4 - 1 as n, c.id, c.language, nullif(c.fields, '{}') as fields, nullif(c.tags, '{}') as tags
      from unnest($1::uuid[], $2::text[]) with ordinality k(workspace_id, phone, n)
      join contacts c on c.workspace_id = k.workspace_id and c.phone = k.phone
      order by c.id for no key update of c skip locked`,
    values: [columnOf('uuid', asked, (one) => one.workspaceId), columnOf('text', asked, (one) => one.phone)],
  });
  const held = new Map<Asked, ContactRow>();
  for (const { n, id, language, fields, tags } of rows) {
    const one = asked[n];
    if (!one) continue;
    held.set(one, {
      workspace_id: one.workspaceId,
      id,
      phone: one.phone,
      known: true,
      language,
      fields: fields ?? {},
      tags: tags ?? [],
    });
  }
  return held;
}

/** Somebody who is to become a contact. */
export interface NewContact extends Person {
  id: string;
  at: number;
}

/** Creates contacts, sorted so that two batches never wait on each other in a circle. Returns those that were none before. */
export async function createContacts<New extends NewContact>(
  client: PoolClient,
  asked: readonly New[],
): Promise<readonly New[]> {
  const sorted = asked.toSorted((a, b) => (a.phone < b.phone ? -1 : 1));
  const keys = [
    columnOf('uuid', sorted, (one) => one.workspaceId),
    columnOf('uuid', sorted, (one) => one.id),
  ];
  const made = await client.query({
    name: 'create-contacts',
    text: `insert into contacts (workspace_id, id, phone, created_at)
      select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::timestamptz[])
      on conflict (workspace_id, phone) do nothing`,
    values: [
      ...keys,
      columnOf('text', sorted, (one) => one.phone),
      columnOf('timestamptz', sorted, (one) => one.at),
    ],
  });
  if (made.rowCount === sorted.length) return sorted;
  const { rows } = await client.query<Numbered>({
    name: 'created-contacts',
    text: `select k.n::int4 - 1 as n from unnest($1::uuid[], $2::uuid[]) with ordinality k(workspace_id, id, n)
      join contacts c on c.workspace_id = k.workspace_id and c.id = k.id`,
    values: keys,
  });
  return rows.flatMap(({ n }) => sorted[n] ?? []);
}

/**
 * Reads what is known about locked contacts, in statements of their own: one that also locked could return an old run. Nothing is
 * asked about contacts that this transaction created.
 */
export async function readFacts(
  client: PoolClient,
  contacts: readonly ContactRow[],
  wanted: { arms: boolean },
): Promise<Facts> {
  const met = contacts.filter(({ known }) => known);
  if (met.length === 0) return NOTHING;
  const values = [
    columnOf('uuid', met, (contact) => contact.workspace_id),
    columnOf('uuid', met, (contact) => contact.id),
  ];
  const [runs, consents, arms] = await Promise.all([
    client.query<RunRow & Numbered>({ name: 'open-runs', text: OPEN_RUNS, values }),
    client.query<ConsentRow & Numbered>({ name: 'consents', text: CONSENTS, values }),
    wanted.arms ? client.query<ArmRow & Numbered>({ name: 'arms', text: ARMS, values }) : null,
  ]);
  return {
    runs: byContact(runs.rows, met),
    consents: byContact(consents.rows, met),
    arms: byContact(arms?.rows ?? [], met),
  };
}

const NOTHING: Facts = { runs: new Map(), consents: new Map(), arms: new Map() };

/** Each contact is looked up by itself (`offset 0` is a fence), whatever the planner believes the tables' sizes to be. */
const ofEach = (lookUp: string): string =>
  `from unnest($1::uuid[], $2::uuid[]) with ordinality k(workspace_id, contact_id, n) cross join lateral (${lookUp} offset 0) x`;

const OPEN_RUNS = `select k.n::int4 - 1 as n, x.* ${ofEach(`
  select r.id, r.sender_id, r.version_id, r.status, r.node, r.place, r.context, r.seq,
    round(date_part('epoch', r.wake_at) * 1000) as wake_at, round(date_part('epoch', r.started_at) * 1000) as started_at,
    r.keyword, r.medium, r.rest
  from runs r where r.workspace_id = k.workspace_id and r.contact_id = k.contact_id and r.status <> 'ended'`)}
  order by x.started_at desc, x.id desc`;

const CONSENTS = `select k.n::int4 - 1 as n, x.* ${ofEach(`
  select c.scope, c.state, c.because, round(date_part('epoch', c.since) * 1000) as since, c.head
  from consents c where c.workspace_id = k.workspace_id and c.contact_id = k.contact_id`)}`;

const ARMS = `select k.n::int4 - 1 as n, x.* ${ofEach(`
  select a.experiment, a.arm
  from arms a where a.workspace_id = k.workspace_id and a.contact_id = k.contact_id`)}`;

function byContact<Row extends Numbered>(
  rows: readonly Row[],
  contacts: readonly ContactRow[],
): Map<ContactRow, Row[]> {
  const grouped = new Map<ContactRow, Row[]>();
  for (const row of rows) {
    const contact = contacts[row.n];
    if (!contact) continue;
    const known = grouped.get(contact);
    if (known) known.push(row);
    else grouped.set(contact, [row]);
  }
  return grouped;
}
