import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { flawOf, type StoredEntry } from '#server/consent/chain.ts';
import { inChain } from '#server/consent/in-chain.ts';
import { unsealedHash } from '#server/runtime/consent-ledger.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { template } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

const TALK = ['JOIN', 'YES', 'STOP', 'START', 'stop', 'JOIN', 'what?', 'yes', 'STOP'];

let clock: ManualClock;
let database: TestDatabase;
let source: DataSource;
let workspace: TestWorkspace;
let path: HotPath;

interface LedgerRow {
  id: string;
  contact_id: string;
  scope: string;
  at: Date;
  from_state: string;
  to_state: string;
  because: string;
  shown: string | null;
  message_id: string | null;
  person_id: string | null;
  evidence: Record<string, string> | null;
  salt: Buffer | null;
  seal: Buffer | null;
  previous: Buffer | null;
  hash: Buffer;
}

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
  clock = new ManualClock();
  workspace = await createWorkspace(source, {
    flows: [template('double-opt-in')],
    lists: { news: 'double' },
  });
  path = await openHotPath(database.url, workspace, clock);
  for (const text of TALK) {
    clock.advance(1_000);
    await Promise.all([1, 2, 3].map((n) => path.says(phoneOf(n), text)));
  }
});
afterAll(async () => {
  await path?.close();
  await database?.close();
});

const chains = async (): Promise<Map<string, LedgerRow[]>> => {
  const rows: LedgerRow[] = await source.query(
    'select * from consent_ledger where workspace_id = $1 order by id',
    [workspace.id],
  );
  const grouped = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const key = `${row.contact_id} ${row.scope}`;
    grouped.set(key, [...(grouped.get(key) ?? []), row]);
  }
  return grouped;
};

const entryOf = (row: LedgerRow): StoredEntry => ({
  workspaceId: workspace.id,
  contactId: row.contact_id,
  id: row.id,
  scope: row.scope,
  at: row.at.getTime(),
  from: row.from_state,
  to: row.to_state,
  because: row.because,
  shown: row.shown,
  given: row.evidence,
  messageId: row.message_id,
  personId: row.person_id,
  salt: row.salt,
  seal: row.seal,
  previous: row.previous,
  hash: row.hash,
});

const flaws = (rows: readonly LedgerRow[]): (string | null)[] =>
  rows.map(entryOf).map((entry, at, all) => flawOf(entry, all[at - 1] ?? null));

describe('the consent ledger', () => {
  test('is one chain a person and scope, each entry hashed onto the one before, the head kept with the consent', async () => {
    const heads = await source.query(
      'select contact_id, scope, state, head from consents where workspace_id = $1',
      [workspace.id],
    );
    const found = await chains();
    expect(found.size).toBe(6);
    for (const [key, rows] of found) {
      expect(flaws(rows)).toEqual(rows.map(() => null));
      const head = heads.find((one: LedgerRow) => `${one.contact_id} ${one.scope}` === key);
      expect([head.head, head.state]).toEqual([rows.at(-1)?.hash, rows.at(-1)?.to_state]);
    }
  });

  test('says what happened, by whose words, and each state follows from the one before', async () => {
    const list = [...(await chains())].find(([key]) => key.endsWith('list:news'))?.[1] ?? [];
    expect(list.map((row) => [row.from_state, row.to_state, row.because])).toEqual([
      ['none', 'pending', 'asked'],
      ['pending', 'confirmed', 'double-opt-in'],
      ['confirmed', 'revoked', 'stop'],
      ['revoked', 'confirmed', 'start'],
      ['confirmed', 'revoked', 'stop'],
      ['revoked', 'pending', 'asked'],
      ['pending', 'confirmed', 'double-opt-in'],
      ['confirmed', 'revoked', 'stop'],
    ]);
    list.reduce((before, row) => {
      expect(row.from_state).toBe(before);
      return row.to_state;
    }, 'none');
    expect(list.every((row) => row.message_id !== null && row.shown !== null)).toBe(true);
  });

  test('is one chain whatever the clocks said: entries whose ids are out of order are walked as they were made', async () => {
    const [rows] = [...(await chains()).values()].filter((chain) => chain.length > 3);
    const entries = (rows ?? []).map(entryOf);
    const [first, second, third, ...rest] = entries;
    const shuffled = [third, first, second, ...rest].flatMap((entry) => entry ?? []);
    expect(inChain(shuffled)).toEqual(entries);
    const without = inChain(entries.filter((_, at) => at !== 1));
    expect(without.map((entry, at) => flawOf(entry, without[at - 1] ?? null)).filter(Boolean)).toContain(
      'link',
    );
  });

  test('breaks where somebody changes, removes or moves an entry', async () => {
    const [rows = []] = [...(await chains()).values()];
    const changed = (change: Partial<LedgerRow>): LedgerRow[] =>
      rows.map((row, index) => (index === 1 ? { ...row, ...change } : row));
    expect(flaws(changed({ shown: 'YES!' }))[1]).toBe('evidence');
    expect(flaws(changed({ evidence: { form: 'Yes' } }))[1]).toBe('evidence');
    expect(flaws(changed({ to_state: 'revoked' }))[1]).toBe('entry');
    expect(flaws(changed({ at: new Date(0) }))[1]).toBe('entry');
    expect(flaws(changed({ message_id: null }))[1]).toBe('entry');
    expect(flaws(changed({ from_state: 'expired' }))[1]).toBe('states');
    expect(flaws(rows.toSpliced(1, 1))[1]).toBe('link');
    expect(flaws(rows.toReversed())[0]).toBe('link');
  });

  test('still verifies once the words were destroyed, and once those of entries from before there were seals were', async () => {
    const [rows = []] = [...(await chains()).values()];
    expect(flaws(rows.map((row) => ({ ...row, shown: null, salt: null })))).toEqual(rows.map(() => null));
    const old: StoredEntry[] = [];
    for (const row of rows) {
      const entry = { ...entryOf(row), salt: null, seal: null, previous: old.at(-1)?.hash ?? null };
      old.push({ ...entry, hash: unsealedHash(entry.previous, entry, entry.shown) });
    }
    const walk = (all: readonly StoredEntry[]) => all.map((entry, at) => flawOf(entry, all[at - 1] ?? null));
    expect(walk(old)).toEqual(old.map(() => null));
    expect(walk(old.map((entry, at) => (at === 1 ? { ...entry, shown: 'YES!' } : entry)))[1]).toBe('entry');
    const erased = old.map((entry) => ({ ...entry, shown: null, seal: Buffer.alloc(0) }));
    expect(walk(erased)).toEqual(old.map(() => null));
  });
});
