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
  contact_id: string;
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
  contact_id: string;
  scope: string;
  state: ConsentState | Standing;
  because: ConsentCause | null;
  since: number;
  head: Buffer;
}

interface ArmRow {
  contact_id: string;
  experiment: string;
  arm: string;
}

/** Everything a decision needs to know about contacts, by contact id. */
export interface Facts {
  runs: ReadonlyMap<string, RunRow[]>;
  consents: ReadonlyMap<string, ConsentRow[]>;
  arms: ReadonlyMap<string, ArmRow[]>;
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

/** Locks the contacts that exist and are free, in the order of their ids; those locked elsewhere are missing from the answer. */
export async function lockContacts(
  client: PoolClient,
  workspaceIds: string[],
  phones: string[],
): Promise<ContactRow[]> {
  const { rows } = await client.query<ContactRow>({
    name: 'lock-contacts',
    text: `select c.workspace_id, c.id, c.phone, true as known, c.language, c.fields, c.tags
      from unnest($1::uuid[], $2::text[]) k(workspace_id, phone)
      join contacts c on c.workspace_id = k.workspace_id and c.phone = k.phone
      order by c.id for no key update of c skip locked`,
    values: [binaryArray('uuid', workspaceIds), binaryArray('text', phones)],
  });
  return rows;
}

/** Creates contacts, sorted so that two batches never wait on each other in a circle; existing ones are missing from the answer. */
export async function createContacts(
  client: PoolClient,
  rows: readonly { workspaceId: string; id: string; phone: string; at: number }[],
): Promise<ContactRow[]> {
  const sorted = rows.toSorted((a, b) => (a.phone < b.phone ? -1 : 1));
  const { rows: created } = await client.query<ContactRow>({
    name: 'create-contacts',
    text: `insert into contacts (workspace_id, id, phone, created_at)
      select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::timestamptz[])
      on conflict (workspace_id, phone) do nothing
      returning workspace_id, id, phone, false as known, language, fields, tags`,
    values: [
      columnOf('uuid', sorted, (row) => row.workspaceId),
      columnOf('uuid', sorted, (row) => row.id),
      columnOf('text', sorted, (row) => row.phone),
      columnOf('timestamptz', sorted, (row) => row.at),
    ],
  });
  return created;
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
    client.query<RunRow>({ name: 'open-runs', text: OPEN_RUNS, values }),
    client.query<ConsentRow>({ name: 'consents', text: CONSENTS, values }),
    wanted.arms ? client.query<ArmRow>({ name: 'arms', text: ARMS, values }) : null,
  ]);
  return {
    runs: byContact(runs.rows),
    consents: byContact(consents.rows),
    arms: byContact(arms?.rows ?? []),
  };
}

const NOTHING: Facts = { runs: new Map(), consents: new Map(), arms: new Map() };

/** Each contact is looked up by itself (`offset 0` is a fence), whatever the planner believes the tables' sizes to be. */
const ofEach = (lookUp: string): string =>
  `from unnest($1::uuid[], $2::uuid[]) k(workspace_id, contact_id) cross join lateral (${lookUp} offset 0) x`;

const OPEN_RUNS = `select x.* ${ofEach(`
  select r.contact_id, r.id, r.sender_id, r.version_id, r.status, r.node, r.place, r.context, r.seq,
    round(date_part('epoch', r.wake_at) * 1000) as wake_at, round(date_part('epoch', r.started_at) * 1000) as started_at,
    r.keyword, r.medium, r.rest
  from runs r where r.workspace_id = k.workspace_id and r.contact_id = k.contact_id and r.status <> 'ended'`)}
  order by x.started_at desc, x.id desc`;

const CONSENTS = `select x.* ${ofEach(`
  select c.contact_id, c.scope, c.state, c.because, round(date_part('epoch', c.since) * 1000) as since, c.head
  from consents c where c.workspace_id = k.workspace_id and c.contact_id = k.contact_id`)}`;

const ARMS = `select x.* ${ofEach(`
  select a.contact_id, a.experiment, a.arm
  from arms a where a.workspace_id = k.workspace_id and a.contact_id = k.contact_id`)}`;

function byContact<Row extends { contact_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const known = grouped.get(row.contact_id);
    if (known) known.push(row);
    else grouped.set(row.contact_id, [row]);
  }
  return grouped;
}
