import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { csvLine } from '#server/common/csv.ts';
import type { Message } from '#shared/api/messages.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

const UNKNOWN = '01980000-0000-7000-8000-000000000000';
const ANN = '+447700900001';
const BO = '+447700900002';

const texts = async (
  from: string,
  text: string,
  to = '12345',
): Promise<{ id: string; replies: { text: string }[] }> =>
  (await owner.post('/in/simulated/demo', { from, to, text })).body;
const messages = async (query = ''): Promise<Message[]> =>
  (await owner.get(`/api/messages${query}`)).body.items;
const explained = async (id: string) => (await owner.get(`/api/messages/${id}`)).body;
const contactId = async (phone: string): Promise<string> =>
  (await owner.get(`/api/contacts?search=${encodeURIComponent(phone)}`)).body.items[0].id;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server.close());

describe('why a text did what it did', () => {
  test('a keyword', async () => {
    const { id, replies } = await texts(ANN, ' join! ');
    const { explanation, ...message } = await explained(id);
    expect(message).toMatchObject({
      direction: 'in',
      contact: { phone: ANN, name: null },
      sender: '12345',
      text: ' join! ',
      status: 'decided',
      flow: { name: 'Double opt-in' },
      causeId: null,
    });
    expect(explanation).toMatchObject({
      normalised: 'join',
      rule: 'JOIN is a keyword of “Double opt-in” on 12345. It started version 1.',
      flow: { name: 'Double opt-in', version: 1 },
      trails: [
        { flow: { version: 1 }, steps: expect.arrayContaining([expect.objectContaining({ do: 'sent' })]) },
      ],
      replies: [{ direction: 'out', text: replies[0]?.text, flow: { name: 'Double opt-in' } }],
    });
    const reply = await explained(explanation.replies[0].id);
    expect(reply).toMatchObject({
      direction: 'out',
      causeId: id,
      explanation: null,
      segments: expect.any(Number),
    });
  });

  test('a question asked again by its keyword, an unclear answer, and an answer', async () => {
    const rule = async (text: string) => (await explained((await texts(ANN, text)).id)).explanation.rule;
    expect(await rule('JOIN')).toContain('was in that conversation already');
    expect(await rule('what is this')).toMatch(
      /^It is no keyword, so “.+” of “Double opt-in”, which waited for a reply, took it as “anything else”\.$/,
    );
    expect(await rule('Yes please')).toMatch(/^It answers “.+” of “Double opt-in” with “confirmed”/);
  });

  test('words that are reserved, and words that nothing waited for', async () => {
    const rule = async (text: string) => (await explained((await texts(ANN, text)).id)).explanation.rule;
    expect(await rule('help')).toBe(
      'HELP asks for help and is always answered, with the help text of the program.',
    );
    const { id: lost } = await texts(ANN, 'nothing waits for this');
    expect((await explained(lost)).unmatched).toBe(true);
    expect(await rule('qwerty')).toBe(
      'Nothing waited for it: it is no reserved word, no keyword on 12345, and no question was open.',
    );
    expect(await rule('STOP')).toMatch(/^STOP says STOP, which always wins/);
  });

  test('a text that was set aside', async () => {
    const { id } = await texts(ANN, 'JOIN', '99999');
    const { status, reason, explanation } = await explained(id);
    expect([status, reason]).toEqual(['set-aside', expect.stringContaining('99999')]);
    expect(explanation).toMatchObject({
      rule: 'It is stored, but was set aside: nothing has answered it.',
      trails: [],
      replies: [],
      flow: null,
    });
  });
});

describe('the stream of texts', () => {
  test('goes on where the last page ended', async () => {
    const paged: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await owner.get(`/api/messages?size=3${next ? `&before=${next}` : ''}`);
      paged.push(...body.items.map(({ id }: Message) => id));
      next = body.next;
    }
    expect(paged).toEqual((await messages('?size=200')).map(({ id }) => id));
    expect(paged).toEqual(paged.toSorted().reverse());
  });

  test('is filtered', async () => {
    await texts(BO, 'RATE');
    const only = async (query: string, fits: (message: Message) => boolean) => {
      const found = await messages(query);
      expect([query, found.length > 0, found.every(fits)]).toEqual([query, true, true]);
    };
    await only('?direction=out', ({ direction }) => direction === 'out');
    await only('?status=set-aside', ({ status }) => status === 'set-aside');
    await only('?status=unmatched', ({ unmatched, direction }) => unmatched && direction === 'in');
    expect(await messages('?direction=out&status=unmatched')).toEqual([]);
    await only(`?contact=${await contactId(BO)}`, ({ contact }) => contact?.phone === BO);
    await only(`?flow=${(await messages())[0]?.flow?.id}`, ({ flow }) => flow?.name === 'How did we do?');
    expect(await messages('?direction=out&status=set-aside')).toEqual([]);
  });

  test('is searched by words and by number, and wild cards are words', async () => {
    expect((await messages('?search=qwert')).map(({ text }) => text)).toEqual(['qwerty']);
    expect(await messages('?search=qw%25ty')).toEqual([]);
    expect((await messages('?search=07700+900002')).every(({ contact }) => contact?.phone === BO)).toBe(true);
  });

  test.each([
    'before=yesterday',
    'size=0',
    'size=201',
    'direction=up',
    'status=gone',
    'contact=1',
    'flow=x%00',
    'sort=id',
  ])('cannot be asked for %s', async (query) => {
    const { status, body } = await owner.get(`/api/messages?${query}`);
    expect([status, body.error.code]).toEqual([400, 'query.invalid']);
  });

  test('can be taken along as a file', async () => {
    await texts(BO, '=HYPERLINK("https://evil.example")');
    const { headers, text } = await owner.get('/api/messages/export?direction=in');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="messages.csv"');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('time,direction,phone,name,sender,text,segments,status,reason,flow,id');
    expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(lines[1]).toContain(`,${BO},`);
    expect(lines).toHaveLength((await messages('?direction=in&size=200')).length + 2);
  });
});

test('a text can be tried again when it was set aside, and only then', async () => {
  const { id } = await texts(BO, 'JOIN', '777');
  const [sender] = (await owner.get('/api/senders')).body;
  const more = {
    address: '777',
    kind: 'short-code',
    country: 'GB',
    gatewayId: sender.gateway.id,
    programId: sender.program.id,
  };
  expect((await owner.post('/api/senders', more)).status).toBe(201);
  expect((await owner.post(`/api/messages/${id}/replay`)).status).toBe(204);
  expect(await explained(id)).toMatchObject({ status: 'decided', flow: { name: 'Double opt-in' } });
  const again = await owner.post(`/api/messages/${id}/replay`);
  expect([again.status, again.body.error.code]).toEqual([409, 'message.not-replayable']);
  expect((await owner.post(`/api/messages/${UNKNOWN}/replay`)).body.error.code).toBe('message.not-found');
  expect((await owner.get(`/api/messages/${UNKNOWN}`)).body.error.code).toBe('message.not-found');
});

describe('contacts', () => {
  test('show what they agreed to and how it came about', async () => {
    const { body } = await owner.get(`/api/contacts/${await contactId(ANN)}`);
    expect(body).toMatchObject({
      phone: ANN,
      stopped: ['Textloom Demo'],
      lists: [{ key: 'news', name: 'News', state: 'revoked' }],
      lastTextAt: expect.any(String),
    });
    const told = body.ledger.map(
      ({ scope, to, because }: Record<string, string>) => `${scope} ${to} ${because}`,
    );
    expect(told.sort()).toEqual([
      'list:News confirmed double-opt-in',
      'list:News pending asked',
      'list:News revoked stop',
      'program:Textloom Demo stopped stop',
    ]);
  });

  test('have tags, which are known with how many people have each', async () => {
    for (const [phone, tags] of [
      ['+447700900143', ['vip', 'coffee']],
      ['+447700900144', ['vip']],
    ] as const)
      await owner.post('/api/contacts', { phone, tags });
    const known: { tag: string }[] = (await owner.get('/api/contacts/tags')).body;
    expect(known.filter(({ tag }) => tag === 'vip' || tag === 'coffee')).toEqual([
      { tag: 'vip', people: 2 },
      { tag: 'coffee', people: 1 },
    ]);
  });

  test('are added by number, once', async () => {
    const { status, body } = await owner.post('/api/contacts', {
      phone: '07700 900 042',
      language: 'fr',
      fields: { firstName: 'Zoë', lastName: 'Q', vip: true, empty: null },
    });
    expect(status).toBe(201);
    const added = await owner.get(`/api/contacts/${body.id}`);
    expect(added.body).toMatchObject({
      phone: '+447700900042',
      name: 'Zoë Q',
      language: 'fr',
      fields: { firstName: 'Zoë', lastName: 'Q', vip: true },
      lists: [],
      ledger: [],
      lastTextAt: null,
    });
    expect(added.body.fields).not.toHaveProperty('empty');
    const again = await owner.post('/api/contacts', { phone: '+447700900042' });
    expect([again.status, again.body.error.code, again.body.error.place]).toEqual([
      409,
      'contact.exists',
      'phone',
    ]);
    const wrong = await owner.post('/api/contacts', { phone: 'call me' });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'contact.phone']);
  });

  test('are changed field by field', async () => {
    const { body } = await owner.post('/api/contacts', {
      phone: '07700 900043',
      fields: { city: 'Bath', size: 9 },
    });
    const change = (input: object) => owner.patch(`/api/contacts/${body.id}`, input);
    expect((await change({ fields: { city: null, name: 'Kim' }, language: 'de' })).status).toBe(204);
    expect((await change({ language: null })).status).toBe(204);
    expect((await owner.get(`/api/contacts/${body.id}`)).body).toMatchObject({
      name: 'Kim',
      language: null,
      fields: { size: 9, name: 'Kim' },
    });
    expect((await change({ fields: { 'not a name': 1 } })).body.error).toMatchObject({
      code: 'body.invalid',
      place: 'fields.not a name',
    });
    expect((await change({ fields: { deep: { a: 1 } } })).status).toBe(400);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, n]));
    expect((await change({ fields: many })).body.error).toMatchObject({
      code: 'body.invalid',
      place: 'fields',
    });
    expect((await owner.patch(`/api/contacts/${UNKNOWN}`, {})).body.error.code).toBe('contact.not-found');
    expect((await owner.get(`/api/contacts/${UNKNOWN}`)).body.error.code).toBe('contact.not-found');
  });

  test('are found by number, by name and by list', async () => {
    const found = async (query: string) =>
      (await owner.get(`/api/contacts?${query}`)).body.items.map(({ phone }: { phone: string }) => phone);
    expect(await found('search=zoë')).toEqual(['+447700900042']);
    expect(await found('search=00044+7700+900+042')).toEqual(['+447700900042']);
    expect(await found('search=kim&size=1')).toEqual(['+447700900043']);
    expect(await found('list=news')).toEqual(expect.arrayContaining([ANN]));
    expect(await found('list=club')).toEqual([]);
    const { body } = await owner.get('/api/contacts?size=2&page=2');
    expect([body.items.length, body.total]).toEqual([2, 6]);
  });

  test('can be taken along as a file, with a column for each field', async () => {
    const { text } = await owner.get('/api/contacts/export?search=zo');
    const [head, line] = text.split('\r\n');
    expect(head).toBe(
      'phone,name,language,added,last text,stopped,lists,tags,firstName,lastName,name,size,vip',
    );
    expect(line).toMatch(/^\+447700900042,Zoë Q,fr,\d{4}-.*,,,,,Zoë,Q,,,true$/);
  });
});

describe('runs', () => {
  test('are listed, shown, and ended by order', async () => {
    await texts(BO, 'RATE');
    const { body } = await owner.get(`/api/runs?contact=${await contactId(BO)}&status=active`);
    const run = body.items.find(({ sender }: { sender: string }) => sender === '12345');
    expect(run).toMatchObject({
      contact: { phone: BO },
      flow: { name: 'How did we do?', version: 1 },
      outcome: null,
      endedAt: null,
    });
    expect(run.step).not.toBe(run.node);
    const shown = await owner.get(`/api/runs/${run.id}`);
    expect(shown.body).toMatchObject({ keyword: 'RATE', medium: null, answers: {}, arms: {} });
    expect(shown.body.trail[0]).toMatchObject({
      causeId: expect.any(String),
      text: 'RATE',
      erased: null,
      steps: expect.arrayContaining([{ do: 'event', type: 'start' }]),
    });

    expect((await owner.post(`/api/runs/${run.id}/cancel`)).status).toBe(204);
    expect((await owner.get(`/api/runs/${run.id}`)).body).toMatchObject({
      status: 'ended',
      outcome: 'cancelled',
      step: 'Cancelled',
      trail: expect.arrayContaining([expect.objectContaining({ causeId: null, text: null, erased: null })]),
    });
    const again = await owner.post(`/api/runs/${run.id}/cancel`);
    expect([again.status, again.body.error.code]).toEqual([409, 'run.ended']);
    expect((await owner.post(`/api/runs/${UNKNOWN}/cancel`)).body.error.code).toBe('run.not-found');
    expect((await owner.get(`/api/runs/${UNKNOWN}`)).body.error.code).toBe('run.not-found');
  });

  test('are found by whose they are', async () => {
    const found = async (search: string) =>
      (await owner.get(`/api/runs?search=${encodeURIComponent(search)}`)).body.items;
    expect(
      (await found('07700 900002')).map(({ contact }: { contact: { phone: string } }) => contact.phone),
    ).toContain(BO);
    expect(await found('07700 900777')).toEqual([]);
    expect(await found('100%')).toEqual([]);
  });

  test('go on where the last page ended', async () => {
    const first = await owner.get('/api/runs?size=1');
    const second = await owner.get(`/api/runs?size=1&before=${first.body.next}`);
    expect(second.body.items[0].id < first.body.items[0].id).toBe(true);
  });

  test('are counted with their flow', async () => {
    const { body } = await owner.get('/api/flows?search=JOIN');
    expect(body.items).toMatchObject([{ running: 1, startedLately: 2 }]);
    const traffic = await owner.get(`/api/flows/${body.items[0].id}/traffic`);
    expect(traffic.body.waiting).toEqual([{ node: expect.any(String), count: 1 }]);
  });
});

test.each([
  [['a', null, undefined, 1, true], 'a,,,1,true'],
  [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"'],
  [['+447700900001', '-5', '+1+1', '=1', '@x', '\t1'], "+447700900001,-5,'+1+1,'=1,'@x,'\t1"],
])('a line of a file: %j', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});
