import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { type LedgerEntry, ledgerHash } from '#server/consent/ledger.ts';
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
  contact_id: string;
  scope: string;
  at: Date;
  from_state: string;
  to_state: string;
  because: string;
  shown: string | null;
  message_id: string | null;
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

const entryOf = (row: LedgerRow): LedgerEntry => ({
  workspaceId: workspace.id,
  contactId: row.contact_id,
  scope: row.scope,
  at: row.at.getTime(),
  from: row.from_state,
  to: row.to_state,
  because: row.because,
  shown: row.shown,
  messageId: row.message_id,
});

describe('the consent ledger', () => {
  test('is one chain a person and scope, each entry hashed onto the one before, the head kept with the consent', async () => {
    const heads = await source.query(
      'select contact_id, scope, state, head from consents where workspace_id = $1',
      [workspace.id],
    );
    const found = await chains();
    expect(found.size).toBe(6);
    for (const [key, rows] of found) {
      let previous: Buffer | null = null;
      for (const row of rows) {
        expect(row.previous).toEqual(previous);
        expect(row.hash).toEqual(ledgerHash(previous, entryOf(row)));
        previous = row.hash;
      }
      const head = heads.find((one: LedgerRow) => `${one.contact_id} ${one.scope}` === key);
      expect([head.head, head.state]).toEqual([previous, rows.at(-1)?.to_state]);
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

  test('breaks where somebody changes, removes or moves an entry', async () => {
    const [rows = []] = [...(await chains()).values()];
    const verify = (chain: readonly LedgerRow[]): boolean => {
      let previous: Buffer | null = null;
      return chain.every((row) => {
        const fits = row.hash.equals(ledgerHash(previous, entryOf(row)));
        previous = row.hash;
        return fits;
      });
    };
    expect(verify(rows)).toBe(true);
    const changed = (change: Partial<LedgerRow>): LedgerRow[] =>
      rows.map((row, index) => (index === 1 ? { ...row, ...change } : row));
    for (const change of [{ shown: 'YES!' }, { to_state: 'none' }, { at: new Date(0) }, { message_id: null }])
      expect(verify(changed(change))).toBe(false);
    expect(verify(rows.toSpliced(1, 1))).toBe(false);
    expect(verify(rows.toReversed())).toBe(false);
  });
});
