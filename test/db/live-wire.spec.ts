import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '#shared/api/live.ts';
import { LiveFeed } from '#server/live/live-feed.ts';
import { ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startNodeBeside, startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { CutWire } from './support/cut-wire.ts';

/** What the connections over which nodes tell each other call themselves. */
const LIVE = 'textloom live';

describe('what one node tells the pages of another', () => {
  let speaker: TestServer;
  let hearer: TestServer;
  let wire: CutWire;
  let owner: ApiClient;
  let workspaceId: string;
  let page: Socket<ServerEvents, ClientEvents>;

  beforeAll(async () => {
    speaker = await startTestServer({}, { DEMO: 'on' });
    wire = await CutWire.open(speaker.database.url);
    hearer = await startNodeBeside({ ...speaker, database: { ...speaker.database, url: wire.url } });
    owner = await signInAsOwner(speaker);
    const [workspace] = await speaker.database.source.query('select id from workspaces');
    workspaceId = workspace.id;
    page = io(hearer.url, { transports: ['websocket'], extraHeaders: { cookie: owner.cookie ?? '' } });
    await new Promise<void>((done) => page.once('connect', done));
  }, 60_000);
  afterAll(async () => {
    page?.disconnect();
    await hearer?.close();
    await wire?.close();
    await speaker?.close();
  }, 60_000);

  /** Whether the page hears of something that is changed at the other node from now on. */
  async function untilHeard(): Promise<void> {
    let hasHeard = false;
    page.once('changed', () => (hasHeard = true));
    await until(async () => {
      speaker.app.get(LiveFeed).changed(workspaceId, 'flows');
      return hasHeard;
    }, 100);
  }

  test('arrives however long it is', async () => {
    await untilHeard();
    const heard = new Set<number>();
    page.on('notice', ({ text }) => void heard.add(text.length));
    // PostgreSQL notifies of less than 8,000 bytes, of which some are about whom it is for.
    const lengths = [1, ...Array.from({ length: 500 }, (_, n) => 7_500 + n), 100_000];
    for (const length of lengths) {
      const notice = { id: workspaceId, contactId: workspaceId, text: 'x'.repeat(length) };
      speaker.app.get(LiveFeed).notice(workspaceId, notice);
    }
    await until(() => heard.size === lengths.length);
  }, 30_000);

  test('arrives again once the connection that listened was ended', async () => {
    await speaker.database.source.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [LIVE],
    );
    await untilHeard();
  }, 30_000);

  test('arrives again once the machine that was listened to is gone without a word', async () => {
    wire.mute(LIVE);
    await untilHeard();
  }, 60_000);
});
