import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CallsService } from '#server/calls/calls.service.ts';
import { AT_ONE_END } from '#server/calls/far-ends.ts';
import { ApiClient, signInAsOwner } from '../support/api-client.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { startNodeBeside, startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { json, redirect, silence, WebFarEnd } from '../support/web-far-end.ts';
import { publishFlow } from '../support/workspace.ts';

let server: TestServer;
let owner: ApiClient;
let farEnd: WebFarEnd;
let another: WebFarEnd;
let people = 0;

const newPerson = (): string => `+4477009${String(10_000 + ++people)}`;
const says = async (from: string, text: string, at = owner): Promise<string[]> => {
  const { body } = await at.post('/in/simulated/demo', { from, to: '12345', text });
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

/** Keeps whoever asks for `/held` waiting until they are let go. */
function holdBack() {
  const held: (() => void)[] = [];
  const ada = json({ person: { name: 'Ada' }, points: 1 });
  farEnd.on('/held', (response, request) => void held.push(() => ada(response, request)));
  return {
    get held() {
      return held.length;
    },
    release(): void {
      farEnd.on('/held', ada);
      for (const answer of held.splice(0)) answer();
    },
  };
}

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
  [farEnd, another] = [await WebFarEnd.open(), await WebFarEnd.open()];
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
    ways('GARBAGE', at('/garbage')),
    ways('INSIDE', at('/inside')),
    ways('PRIVATE', { ...at(''), url: 'http://192.168.1.1/admin' }),
    ways('ELSEWHERE', { ...at(''), url: `${another.url}/` }),
    ways('HELD', { ...at('/held'), timeout: '60s' }),
    lineFlow(
      'ASKED',
      ['webhook', { ...at('/held'), timeout: '60s' }, 'ok'],
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
  farEnd.on('/garbage', json({ person: { name: 'a\u0000\ud83cb' }, points: 1 }));
  farEnd.on('/inside', redirect('http://169.254.169.254/latest/meta-data/'));
  another.on('/', json({ person: { name: 'E' }, points: 1 }));
  farEnd.on('/query', json({ person: { name: 'Q' }, points: 1 }));
});
afterAll(async () => {
  await server.close();
  await farEnd.close();
  await another.close();
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
    ['GARBAGE', 'Hello a\uFFFDb, 1 points'],
  ])('%s: the conversation goes on by %s', async (word, text) => {
    const person = newPerson();
    expect(await says(person, word)).toEqual([]);
    await until(async () => (await heard(person)).length > 0);
    expect(await heard(person)).toEqual([text]);
  });

  test('holds up nobody who is asked elsewhere', async () => {
    const waiting = Array.from({ length: 30 }, newPerson);
    const ann = newPerson();
    const answers = holdBack();
    await Promise.all(waiting.map((person) => says(person, 'HELD')));
    await says(ann, 'ELSEWHERE');
    await until(async () => (await heard(ann)).length > 0);
    expect(await rows()).toBeGreaterThanOrEqual(30);
    answers.release();
    await settled();
  });
});

/** A far end that keeps whoever asks waiting until it is let go. */
async function openHung() {
  const hung = await WebFarEnd.open();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  hung.on('/', (response) => void released.then(() => response.writeHead(200).end('{}')));
  return { hung, release };
}

/** So many calls of nobody's, which have been due for long, at each of these. */
const queueCalls = async (urls: readonly string[], each: number): Promise<void> => {
  const person = newPerson();
  await owner.post('/api/contacts', { phone: person });
  await server.database.source.query(
    `insert into calls (workspace_id, id, contact_id, sender_id, run_id, node, kind, payload, due_at, created_at)
     select c.workspace_id, gen_random_uuid(), c.id, s.id, gen_random_uuid(), 'x', 'webhook',
       json_build_object('method', 'GET', 'url', url, 'headers', '{}'::json, 'fields', '{}'::json, 'timeoutSeconds', 60, 'save', '[]'::json),
       '2026-01-01', '2026-01-01'
     from contacts c join senders s on s.workspace_id = c.workspace_id and s.address = '12345', unnest($2::text[]) url, generate_series(1, $3)
     where c.phone = $1`,
    [person, urls, each],
  );
};

describe('a far end that hangs', () => {
  test('has its own few calls under way, and nobody else waits, however many it keeps waiting', async () => {
    const { hung, release } = await openHung();
    await queueCalls([`${hung.url}/`], 250);
    const ann = newPerson();
    await says(ann, 'QUERY');
    await until(async () => (await heard(ann)).length > 0);
    await until(() => hung.requests.length === AT_ONE_END);
    expect(await rows()).toBe(250);
    release();
    await until(async () => (await rows()) === 0);
    expect(hung.requests).toHaveLength(250);
    await hung.close();
  });

  test('among many leaves room for those that do not, known or not', async () => {
    const all = await Promise.all(Array.from({ length: 25 }, openHung));
    await queueCalls(
      all.map(({ hung }) => `${hung.url}/`),
      8,
    );
    // Each claim leaves less, until each far end has its part of what is free.
    for (let claims = 0; claims < 8; claims++) await server.app.get(CallsService).workDue();
    await until(() => all.every(({ hung }) => hung.requests.length > 0));
    const stranger = await WebFarEnd.open();
    stranger.on('/', json({}));
    await queueCalls([`${stranger.url}/`], 1);
    const ann = newPerson();
    await says(ann, 'QUERY');
    await until(() => stranger.requests.length === 1);
    await until(async () => (await heard(ann)).length > 0);
    for (const { release } of all) release();
    await until(async () => (await rows()) === 0);
    await Promise.all([stranger, ...all.map(({ hung }) => hung)].map((one) => one.close()));
  });
});

describe('while the far end thinks', () => {
  test('a text is not taken for an answer to a question that was not asked yet', async () => {
    const ann = newPerson();
    const answers = holdBack();
    await says(ann, 'ASKED');
    await until(() => answers.held > 0);
    expect(await says(ann, 'too early')).toEqual([]);
    // It is not lost either: it was heard, and stands there as a text that nothing waited for.
    const { body } = await owner.get('/api/messages?search=too early');
    expect(body.items).toMatchObject([{ text: 'too early', status: 'decided', unmatched: true }]);
    answers.release();
    await until(async () => (await heard(ann)).length > 0);
    expect(await heard(ann)).toEqual(['More, Ada?']);
    expect(await says(ann, 'in time')).toEqual(['Got in time']);
  });

  test('STOP ends the conversation, and the answer is noted as late', async () => {
    const ann = newPerson();
    const answers = holdBack();
    await says(ann, 'HELD');
    await until(() => answers.held > 0);
    const [goodbye] = await says(ann, 'STOP');
    answers.release();
    await until(async () => (await rows()) === 0);
    expect(await heard(ann)).toEqual([goodbye]);
    expect(await trail(ann)).toContainEqual({ do: 'late', type: 'answer.webhook.ok' });
  });

  test('an answer that was heard survives the process: it is told and not asked again', async () => {
    const ann = newPerson();
    const answers = holdBack();
    await says(ann, 'HELD');
    const [call] = await server.database.source.query(
      "select id from calls where kind = 'webhook' order by created_at desc limit 1",
    );
    // As it stands when the process dies between the far end's answer and the conversation.
    await server.database.source.query(
      'update calls set answer = $2, due_at = to_timestamp(0) where id = $1',
      [call.id, JSON.stringify({ outcome: 'ok', values: { name: 'Ada', points: 2 } })],
    );
    const all = settled();
    await until(async () => (await heard(ann)).length > 0);
    expect((await heard(ann))[0]).toBe('Hello Ada, 2 points');
    expect(answers.held).toBeLessThanOrEqual(1);
    answers.release();
    await all;
  });
});

test('a server that ends waits for no far end, and another asks it again', async () => {
  const ann = newPerson();
  const ending = await startNodeBeside(server, {}, { DEMO: 'on', WEBHOOK_ALLOW: '127.0.0.1' });
  const answers = holdBack();
  await says(ann, 'HELD', new ApiClient(ending.url));
  await until(() => answers.held > 0);
  await ending.close();
  answers.release();
  await until(async () => (await heard(ann)).length > 0);
  expect(await heard(ann)).toEqual(['Hello Ada, 1 points']);
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
