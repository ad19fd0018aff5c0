import { afterAll, beforeAll } from '@jest/globals';
import type { BootstrapParts } from '#server/bootstrap.ts';
import { type ApiClient, signInAsOwner } from './api-client.ts';
import { startTestServer, type TestServer } from './server.ts';
import { publishFlow } from './workspace.ts';

/** The demo workspace on a server of its own, people who text it, and what its owner sees of them. */
export class DemoStage {
  server!: TestServer;
  owner!: ApiClient;
  private people = 0;

  /** The number of somebody whom nobody knows yet. */
  person(): string {
    return `+4477009${String(20_000 + ++this.people)}`;
  }

  /** Texts the demo's number; resolves to what is said back. */
  async says(from: string, text: string): Promise<string[]> {
    const { body } = await this.owner.post('/in/simulated/demo', { from, to: '12345', text });
    return body.replies.map((reply: { text: string }) => reply.text);
  }

  /** A contact as the list shows it; undefined where there is none. */
  async found(phone: string) {
    return (await this.owner.get(`/api/contacts?search=${encodeURIComponent(phone)}`)).body.items[0];
  }

  sql<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
    return this.server.database.source.query(query, values);
  }

  /** Makes a flow live, whatever a proof would say; resolves to its id. */
  async publish(flow: unknown): Promise<string> {
    return publishFlow(this.server.database.source, await this.workspaceId(), flow);
  }

  async workspaceId(): Promise<string> {
    return (await this.sql<{ id: string }>('select id from workspaces'))[0]?.id ?? '';
  }
}

/**
 * Starts it before the tests of a file, and ends it after them. `parts` replaces the clock, say; `env` says what the environment says.
 */
export function stageDemo(parts: BootstrapParts = {}, env: Record<string, string> = {}): DemoStage {
  const stage = new DemoStage();
  beforeAll(async () => {
    stage.server = await startTestServer(parts, { DEMO: 'on', ...env });
    stage.owner = await signInAsOwner(stage.server);
  });
  afterAll(() => stage.server?.close());
  return stage;
}
