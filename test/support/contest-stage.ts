import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { ListingClock } from '#server/contests/draws/listing-clock.ts';
import { newId } from '#server/common/ids.ts';
import type { Contest, ContestWinner } from '#shared/api/contests.ts';
import { type ApiClient, signInAsOwner } from './api-client.ts';
import { ManualClock } from './manual-clock.ts';
import { startTestServer, type TestServer } from './server.ts';

/** A server with a contest that is open, a new one for each test, and nobody has entered it. */
export class ContestStage {
  readonly clock = new ManualClock('2026-03-05T15:00:00Z');
  server!: TestServer;
  owner!: ApiClient;
  workspaceId!: string;
  /** Of the contest; a test may turn to another one. */
  key!: string;
  /** Contests made so far. */
  made = 0;

  query(text: string, values: unknown[] = []) {
    return this.server.database.source.query(text, values);
  }

  path(rest = ''): string {
    return `/api/contests/${this.key}${rest}`;
  }

  async show(): Promise<Contest> {
    return (await this.owner.get(this.path())).body;
  }

  async winners(number = 1): Promise<ContestWinner[]> {
    return (await this.owner.get(this.path(`/draws/${number}/winners`))).body;
  }

  /** Enters so many people, as flows do; `phone` makes their numbers. */
  async enter(
    count: number,
    phone = (n: number) => `+4479${String(this.made)}${String(1_000_000 + n)}`,
  ): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId(this.clock.now()));
    const at = new Date(this.clock.now());
    await this.query(
      `insert into contacts (workspace_id, id, phone, created_at)
       select $1, n.id, n.phone, $4 from unnest($2::uuid[], $3::text[]) n(id, phone)`,
      [this.workspaceId, ids, ids.map((_, n) => phone(n)), at],
    );
    await this.query(
      `insert into contest_entries (workspace_id, contest, contact_id, run_id, at)
       select $1, $2, id, gen_random_uuid(), $4 from unnest($3::uuid[]) id`,
      [this.workspaceId, this.key, ids, at],
    );
    return ids;
  }

  async close(): Promise<void> {
    this.clock.advance(1_000);
    expect((await this.owner.post(this.path('/close'))).status).toBe(204);
    this.clock.advance(60_000);
  }

  /** The list that was asked for is fixed, or cannot be. */
  listFixed(): Promise<void> {
    return this.server.app.get(ListingClock).workDue();
  }

  /** Fixes the list and draws. */
  async draw(winners: number, reserves: number, more: object = {}, value: object = {}): Promise<number> {
    const listed = await this.owner.post(this.path('/draws'), { winners, reserves, ...more });
    expect([listed.status, listed.body]).toEqual([201, { number: expect.any(Number) }]);
    await this.listFixed();
    expect((await this.owner.post(this.path(`/draws/${listed.body.number}/hold`), value)).status).toBe(204);
    return listed.body.number;
  }
}

/** Starts the server before the tests of a file, and ends it after them. */
export function stageContests(): ContestStage {
  const stage = new ContestStage();
  beforeAll(async () => {
    stage.server = await startTestServer({ clock: stage.clock }, { DEMO: 'on' });
    stage.owner = await signInAsOwner(stage.server);
    [{ id: stage.workspaceId }] = await stage.query('select id from workspaces');
  });
  afterAll(() => stage.server?.close());
  beforeEach(async () => {
    stage.key = `summer-${++stage.made}`;
    const added = await stage.owner.post('/api/contests', { key: stage.key, name: 'Summer draw 🎁' });
    expect(added.status).toBe(204);
  });
  return stage;
}
