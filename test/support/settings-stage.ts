import { afterAll, beforeAll } from '@jest/globals';
import { type ApiClient, signInAsOwner } from './api-client.ts';
import { ManualClock } from './manual-clock.ts';
import { startTestServer, type TestServer } from './server.ts';

export const PROGRAM = { name: 'Club', brand: 'ACME', contact: 'help@example.com' };
export const GATEWAY = {
  name: 'Carrier',
  kind: 'http',
  sendUrl: 'https://carrier.example/send',
  secret: 'hush',
};
/** The id of nothing. */
export const UNKNOWN = '01980000-0000-7000-8000-000000000000';

/** A server that is being set up: it has a program and a gateway, and no number yet. */
export class SettingsStage {
  readonly clock = new ManualClock('2026-03-05T15:00:00Z');
  server!: TestServer;
  owner!: ApiClient;
  programId!: string;
  gatewayId!: string;

  /** A short code of theirs, as it is saved. */
  sender(more: object = {}) {
    const { gatewayId, programId } = this;
    return { address: '12345', kind: 'short-code', country: 'GB', gatewayId, programId, ...more };
  }
}

/** Starts it before the tests of a file, and ends it after them. */
export function stageSettings(): SettingsStage {
  const stage = new SettingsStage();
  beforeAll(async () => {
    stage.server = await startTestServer({ clock: stage.clock });
    stage.owner = await signInAsOwner(stage.server);
    stage.programId = (await stage.owner.post('/api/programs', PROGRAM)).body.id;
    stage.gatewayId = (await stage.owner.post('/api/gateways', GATEWAY)).body.id;
  });
  afterAll(() => stage.server?.close());
  return stage;
}
