import { CallsService } from '#server/runtime/calls/calls.service.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { json, redirect, silence, WebFarEnd } from '../support/web-far-end.ts';
import { publishFlow } from '../support/workspace.ts';

let server: TestServer;
let owner: ApiClient;
let farEnd: WebFarEnd;
let people = 0;

const newPerson = (): string => `+4477009${String(10_000 + ++people)}`;
const says = async (from: string, text: string): Promise<string[]> => {
  const { body } = await owner.post('/in/simulated/demo', { from, to: '12345', text });
  return body.replies.map((reply: { text: string }) => reply.text);
};
const contactOf = async (phone: string) =>
  (await owner.get(`/api/contacts?search=${encodeURIComponent(phone)}`)).body.items[0];
/** The texts somebody got, oldest first. */
const heard = async (phone: string): Promise<string[]> =>
  (await owner.get(`/api/messages?contact=${(await contactOf(phone)).id}`)).body.items
    .filter(({ direction }: { direction: string }) => direction === 'out')
    .map(({ text }: { text: string }) => text)
    .reverse();
const trail = async (phone: string): Promise<{ do: string; type?: string }[]> => {
  const { body } = await owner.get(`/api/runs?contact=${(await contactOf(phone)).id}`);
  const steps = [];
  for (const { id } of body.items) {
    const run = await owner.get(`/api/runs/${id}`);
    steps.push(...run.body.trail.flatMap((entry: { steps: object[] }) => entry.steps));
  }
  return steps;
};
const settled = () => server.app.get(CallsService).callDue();
const rows = async (): Promise<number> =>
  (await server.database.source.query('select count(*)::int as n from calls'))[0].n;
const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It never came about.');
};

const ways = (word: string, config: object) => {
  const flow = lineFlow(
    word,
    ['webhook', { timeout: '1s', ...config }, 'ok'],
    ['message', { text: 'Hello {{answers.name}}, {{answers.points}} points', purpose: 'reply' }, 'next'],
  );
  const nodes = ['error', 'timeout'].map((port) => ({
    id: port,
    kind: 'message',
    config: { text: `[${port}]`, purpose: 'reply' },
  }));
  const edges = ['error', 'timeout'].flatMap((port) => [
    { from: 'step-0', port, to: port },
    { from: port, port: 'next', to: 'done' },
  ]);
  return { ...flow, nodes: [...flow.nodes, ...nodes], edges: [...flow.edges, ...edges] };
};
const KEEP = [
  { from: '/person/name', as: 'name' },
  { from: '/points', as: 'points' },
];

beforeAll(async () => {
  farEnd = await WebFarEnd.open();
  server = await startTestServer({}, { DEMO: 'on', WEBHOOK_ALLOW: '127.0.0.1' });
  owner = await signInAsOwner(server);
  const [{ id }] = await server.database.source.query('select id from workspaces');
  const at = (path: string) => ({ method: 'POST', url: `${farEnd.url}${path}`, save: KEEP });
  const flows = [
    ways('LOOKUP', {
      ...at('/people/{{contact.phone}}'),
      fields: [
        { name: 'city', value: '{{contact.city}}' },
        { name: 'vip', value: '{{contact.vip}}' },
        { name: 'text', value: 'from {{program.brand}}' },
      ],
      headers: [{ name: 'X-Key', value: 'secret' }],
    }),
    ways('QUERY', { ...at('/query?a=1'), method: 'GET', fields: [{ name: 'q', value: 'é & ü' }] }),
    ways('BROKEN', at('/500')),
    ways('SLOW', at('/slow')),
    ways('HUGE', at('/huge')),
    ways('NOJSON', at('/text')),
    ways('INSIDE', at('/inside')),
    ways('PRIVATE', { ...at(''), url: 'http://192.168.1.1/admin' }),
    ways('HELD', at('/held')),
    lineFlow(
      'ASKED',
      ['webhook', { ...at('/held'), timeout: '5s' }, 'ok'],
      [
        'question',
        { text: 'More, {{answers.name}}?', answers: [], saveAs: 'more', timeout: '1h' },
        'answered',
      ],
      saying('Got {{answers.more}}'),
    ),
    lineFlow(
      'MAIL',
      ['email', { to: '{{contact.email}}', subject: 'Hi', body: 'Hello' }, 'not-configured'],
      saying('No e-mail here'),
    ),
    lineFlow(
      'ALERT',
      ['notify', { text: '{{contact.phone}} needs help', email: true }, 'next'],
      saying('Somebody will call you'),
    ),
  ];
  for (const flow of flows) await publishFlow(server.database.source, id, flow);
  farEnd.on('/500', json({ person: { name: 'nobody' } }, 500));
  farEnd.on('/slow', silence);
  farEnd.on('/huge', (response) => void response.writeHead(200).end(`"${'x'.repeat(400_000)}"`));
  farEnd.on('/text', (response) => void response.writeHead(200).end('fine'));
  farEnd.on('/inside', redirect('http://169.254.169.254/latest/meta-data/'));
  farEnd.on('/query', json({ person: { name: 'Q' }, points: 1 }));
});
afterAll(async () => {
  await server.close();
  await farEnd.close();
});

describe('a web address that answers', () => {
  test('is asked with what is known, and what it says is told to the person', async () => {
    const ann = newPerson();
    await owner.post('/api/contacts', { phone: ann, fields: { city: 'São Paulo/Centro', vip: true } });
    farEnd.on(`/people/${encodeURIComponent(ann)}`, json({ person: { name: 'Ada' }, points: 7 }));
    expect(await says(ann, 'LOOKUP')).toEqual([]);
    await until(async () => (await heard(ann)).length > 0);
    expect(await heard(ann)).toEqual(['Hello Ada, 7 points']);
    const [request] = farEnd.at(`/people/${encodeURIComponent(ann)}`);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      city: 'São Paulo/Centro',
      vip: true,
      text: 'from Textloom Demo',
    });
    expect(request?.headers).toMatchObject({
      'x-key': 'secret',
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await trail(ann)).toContainEqual({ do: 'event', type: 'answer.webhook.ok' });
    await until(async () => (await rows()) === 0);
  });

  test('takes what is sent in its address where there is no body', async () => {
    const bo = newPerson();
    await says(bo, 'QUERY');
    await until(async () => (await heard(bo)).length > 0);
    expect(farEnd.at('/query')[0]).toMatchObject({
      method: 'GET',
      url: '/query?a=1&q=%C3%A9+%26+%C3%BC',
      body: '',
    });
  });
});

describe('a web address that does not', () => {
  test.each([
    ['BROKEN', '[error]'],
    ['SLOW', '[timeout]'],
    ['HUGE', '[error]'],
    ['NOJSON', '[error]'],
    ['INSIDE', '[error]'],
    ['PRIVATE', '[error]'],
  ])('%s: the conversation goes on by %s', async (word, text) => {
    const person = newPerson();
    expect(await says(person, word)).toEqual([]);
    await until(async () => (await heard(person)).length > 0);
    expect(await heard(person)).toEqual([text]);
  });

  test('holds nobody else up', async () => {
    const waiting = Array.from({ length: 30 }, newPerson);
    const ann = newPerson();
    await Promise.all(waiting.map((person) => says(person, 'SLOW')));
    farEnd.on(`/people/${encodeURIComponent(ann)}`, json({ person: { name: 'Ann' }, points: 1 }));
    await says(ann, 'QUERY');
    const started = Date.now();
    await until(async () => (await heard(ann)).length > 0);
    expect(Date.now() - started).toBeLessThan(5_000);
    await settled();
  });
});

describe('while the far end thinks', () => {
  test('a text is not taken for an answer to a question that was not asked yet', async () => {
    const ann = newPerson();
    let answer = () => {};
    farEnd.on('/held', (response, request) => {
      answer = () => json({ person: { name: 'Ada' }, points: 1 })(response, request);
    });
    await says(ann, 'ASKED');
    await until(() => farEnd.at('/held').length > 0);
    expect(await says(ann, 'too early')).toEqual([]);
    answer();
    await until(async () => (await heard(ann)).length > 0);
    expect(await heard(ann)).toEqual(['More, Ada?']);
    expect(await says(ann, 'in time')).toEqual(['Got in time']);
  });

  test('STOP ends the conversation, and the answer is noted as late', async () => {
    const ann = newPerson();
    let answer = () => {};
    farEnd.on('/held', (response, request) => {
      answer = () => json({ person: { name: 'Ada' }, points: 1 })(response, request);
    });
    const before = farEnd.at('/held').length;
    await says(ann, 'HELD');
    await until(() => farEnd.at('/held').length > before);
    const [goodbye] = await says(ann, 'STOP');
    answer();
    await until(async () => (await rows()) === 0);
    expect(await heard(ann)).toEqual([goodbye]);
    expect(await trail(ann)).toContainEqual({ do: 'late', type: 'answer.webhook.ok' });
  });

  test('an answer that was heard survives the process: it is told and not asked again', async () => {
    const ann = newPerson();
    farEnd.on('/held', silence);
    await says(ann, 'HELD');
    const [call] = await server.database.source.query(
      "select id from calls where kind = 'webhook' order by created_at desc limit 1",
    );
    // As it stands when the process dies between the far end's answer and the conversation.
    await server.database.source.query(
      'update calls set answer = $2, due_at = to_timestamp(0) where id = $1',
      [call.id, JSON.stringify({ outcome: 'ok', values: { name: 'Ada', points: 2 } })],
    );
    const asked = farEnd.at('/held').length;
    await settled();
    await until(async () => (await heard(ann)).length > 0);
    expect((await heard(ann))[0]).toBe('Hello Ada, 2 points');
    expect(farEnd.at('/held').length).toBeLessThanOrEqual(asked + 1);
  });
});

describe('without a mail server', () => {
  test('an e-mail says that none is set up, and the conversation goes on', async () => {
    const ann = newPerson();
    await says(ann, 'MAIL');
    await until(async () => (await heard(ann)).length > 0);
    expect(await heard(ann)).toEqual(['No e-mail here']);
  });

  test('a notice is kept for the team, and nobody waits for it', async () => {
    const ann = newPerson();
    expect(await says(ann, 'ALERT')).toEqual(['Somebody will call you']);
    const { body } = await owner.get('/api/notices');
    expect(body.items[0]).toMatchObject({
      text: `${ann} needs help`,
      contact: { phone: ann },
      flow: { name: 'ALERT' },
    });
    await until(async () => (await rows()) === 0);
  });
});
