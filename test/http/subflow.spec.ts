import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { publishDraft } from '../support/publish-draft.ts';
import { lineFlow, type LineStep } from '../support/line-flow.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

const ANN = '+447700900001';
const says = async (text: string): Promise<string[]> => {
  const { body } = await owner.post('/in/simulated/demo', { from: ANN, to: '12345', text });
  return body.replies.map((reply: { text: string }) => reply.text);
};
/** A flow of one line whose every other way out leads to its end. */
const line = (word: string, ...steps: LineStep[]) => {
  const flow = lineFlow(word, ...steps);
  const rest = flow.nodes.flatMap(({ id, kind }) =>
    kind === 'question' ? [{ from: id, port: 'timeout', to: 'done' }] : [],
  );
  return { ...flow, edges: [...flow.edges, ...rest] };
};
const replying = (text: string): LineStep => ['message', { text, purpose: 'reply' }, 'next'];
/** What may follow a flow whose question nobody answered answers nothing. */
const telling = (text: string): LineStep => ['message', { text, purpose: 'service' }, 'next'];
const asking = (text: string, saveAs: string): LineStep => [
  'question',
  { text, answers: [], saveAs, timeout: '1h' },
  'answered',
];
const create = async (definition: object & { name: string }): Promise<string> =>
  (await owner.post('/api/flows', { name: definition.name, definition })).body.id;
const publish = async (id: string) => {
  const { revision } = (await owner.get(`/api/flows/${id}`)).body;
  return publishDraft(owner, id, revision);
};
const holding = async (id: string, version: number): Promise<LineStep> => {
  const { body } = await owner.get(`/api/flows/${id}/versions/${version}`);
  return [
    'subflow',
    { flow: { id, name: body.definition.name, version }, definition: body.definition },
    'done',
  ];
};

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server.close());

describe('a flow that runs another', () => {
  let inner: string;
  let outer: string;

  test('is published with the version that was chosen, and runs it', async () => {
    inner = await create(line('INNERFLOW', asking('Which day?', 'day'), replying('Booked {{answers.day}}')));
    expect((await publish(inner)).status).toBe(204);
    outer = await create(
      line('TABLE', await holding(inner, 1), telling('See you {{answers.day | default: "then"}}')),
    );
    const published = await publish(outer);
    expect([published.status, published.body]).toEqual([204, undefined]);
    expect(await says('TABLE')).toEqual(['Which day?']);
    expect(await says('Friday')).toEqual(['Booked Friday', 'See you Friday']);
  });

  test('stays with its version when the other flow changes', async () => {
    const { revision, definition } = (await owner.get(`/api/flows/${inner}`)).body;
    const changed = JSON.parse(JSON.stringify(definition).replace('Which day?', 'What day is it to be?'));
    await owner.put(`/api/flows/${inner}/draft`, { definition: changed, revision });
    expect((await publish(inner)).status).toBe(204);
    expect(await says('INNERFLOW')).toEqual(['What day is it to be?']);
    await says('Monday');
    expect(await says('TABLE')).toEqual(['Which day?']);
  });

  test('is shown as it is drawn: its steps have names, its traffic stands at the step that holds the other', async () => {
    const { body } = await owner.get(`/api/runs?flow=${outer}&status=active`);
    expect(body.items[0]).toMatchObject({ node: 'step-0/step-0', step: 'Ask a question' });
    const traffic = await owner.get(`/api/flows/${outer}/traffic`);
    expect(traffic.body.waiting).toEqual([{ node: 'step-0', count: 1 }]);
    expect(traffic.body.passages).toEqual(
      expect.arrayContaining([expect.objectContaining({ node: 'step-0', port: 'done' })]),
    );
  });

  test('cannot run inside itself, however far around', async () => {
    const { revision } = (await owner.get(`/api/flows/${inner}`)).body;
    const round = line('INNERFLOW', await holding(outer, 1), replying('Round'));
    await owner.put(`/api/flows/${inner}/draft`, { definition: round, revision });
    const refused = await publish(inner);
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('subflow.recursive');
  });

  test('is the version that was published, word for word', async () => {
    const [kind, config, port] = await holding(outer, 1);
    const held = JSON.stringify(config);
    const refusedWith = async (word: string, text: string) => {
      const id = await create(line(word, [kind, JSON.parse(text), port], telling('Done')));
      const { status, body } = await publish(id);
      return [status, body.error.issues.map(({ code }: { code: string }) => code)];
    };
    const changed = held.replace('See you', 'Good bye');
    expect(changed).not.toBe(held);
    expect(await refusedWith('CHANGED', changed)).toEqual([422, ['subflow.changed']]);
    const unheardOf = held.replace('"version":1,', '"version":77,').replace('"version":1}', '"version":77}');
    expect(await refusedWith('UNHEARD', unheardOf)).toEqual([422, ['subflow.unpublished']]);
    const drawn = await owner.get(`/api/flows/${outer}/worlds`);
    expect(drawn.body[0]).toMatchObject({ flowId: outer });
  });
});
