import { afterAll, beforeAll } from '@jest/globals';
import { type Answer, type ApiClient, signInAsOwner } from './api-client.ts';
import { publishDraft } from './publish-draft.ts';
import { startTestServer, type TestServer } from './server.ts';
import { PROGRAM } from './settings-stage.ts';

/** A server with two numbers and a name to send from, and no flow yet. */
export class FlowsStage {
  server!: TestServer;
  owner!: ApiClient;

  /** Makes a flow with this draft; resolves to its id. */
  async create(definition: { name: string }): Promise<string> {
    return (await this.owner.post('/api/flows', { name: definition.name, definition })).body.id;
  }

  publish(id: string, revision = 1): Promise<Answer> {
    return publishDraft(this.owner, id, revision);
  }

  async published(definition: { name: string }): Promise<string> {
    const id = await this.create(definition);
    const answer = await this.publish(id);
    if (answer.status !== 204) throw new Error(answer.text);
    return id;
  }
}

/** Starts it before the tests of a file, and ends it after them. */
export function stageFlows(): FlowsStage {
  const stage = new FlowsStage();
  beforeAll(async () => {
    stage.server = await startTestServer();
    stage.owner = await signInAsOwner(stage.server);
    const { post } = stage.owner;
    const program = await post('/api/programs', PROGRAM);
    const gateway = await post('/api/gateways', { name: 'Simulated', kind: 'simulated' });
    const ids = { gatewayId: gateway.body.id, programId: program.body.id };
    await post('/api/senders', { address: '12345', kind: 'short-code', country: 'GB', ...ids });
    await post('/api/senders', { address: '54321', kind: 'short-code', country: 'GB', ...ids });
    await post('/api/senders', { address: 'ACME', kind: 'alphanumeric', country: 'GB', ...ids });
  });
  afterAll(() => stage.server?.close());
  return stage;
}

/** A flow that says hello to whoever texts `word`. */
export const hello = (word: string, more: object = {}) => ({
  schemaVersion: 1,
  name: word,
  triggers: [{ kind: 'keyword', words: [word] }],
  nodes: [
    { id: 'hello', kind: 'message', config: { text: 'Hello from {{program.brand}}!' } },
    { id: 'end', kind: 'end', config: {} },
  ],
  edges: [{ from: 'hello', port: 'next', to: 'end' }],
  start: 'hello',
  ...more,
});
