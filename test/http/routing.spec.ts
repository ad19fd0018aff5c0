import { describe, expect, test } from '@jest/globals';
import { stageDemo } from '../support/demo-stage.ts';
import { publishDraft } from '../support/publish-draft.ts';

const stage = stageDemo();

const flow = (name: string, ...triggers: object[]) => ({
  schemaVersion: 1,
  name,
  languages: ['en', 'fr'],
  triggers,
  nodes: [
    { id: 'hello', kind: 'message', config: { text: `${name} {{run.rest}}`, purpose: 'reply' } },
    { id: 'end', kind: 'end', config: {} },
  ],
  edges: [{ from: 'hello', port: 'next', to: 'end' }],
  start: 'hello',
  translations: { fr: { 'hello.text': `${name} en français` } },
});

const create = async (definition: { name: string }): Promise<string> =>
  (await stage.owner.post('/api/flows', { name: definition.name, definition })).body.id;
const publish = async (definition: { name: string }) => {
  const id = await create(definition);
  return { id, ...(await publishDraft(stage.owner, id)) };
};
const live = async (definition: { name: string }): Promise<string> => {
  const { id, status, body } = await publish(definition);
  expect([status, body?.error]).toEqual([204, undefined]);
  return id;
};
let number = 0;
const stranger = (): string => `+4477009001${String(number++).padStart(2, '0')}`;
const texts = async (from: string, text: string): Promise<{ id: string; heard: string[] }> => {
  const { body } = await stage.owner.post('/in/simulated/demo', { from, to: '12345', text });
  return { id: body.id, heard: body.replies.map((reply: { text: string }) => reply.text) };
};
const explanation = async (id: string) => (await stage.owner.get(`/api/messages/${id}`)).body.explanation;

const OVER = { from: '2001-01-01T00:00:00Z', until: '2002-01-01T00:00:00Z' };
const TO_COME = { from: '2999-01-01T00:00:00Z' };
const NOW = { from: '2002-01-01T00:00:00Z', until: '2999-01-01T00:00:00Z' };

describe('one keyword, several flows', () => {
  test('each in its time', async () => {
    const sale = (name: string, time: object) => flow(name, { kind: 'keyword', words: ['SALE'], ...time });
    await live(sale('Last sale', OVER));
    await live(sale('This sale', NOW));
    await live(sale('Next sale', TO_COME));
    const refused = await publish(sale('Always sale', {}));
    expect([refused.status, refused.body.error.code]).toEqual([422, 'flow.keyword-taken']);
    const { id, heard } = await texts(stranger(), 'sale now');
    expect(heard).toEqual(['This sale now']);
    const { rule, keywords } = await explanation(id);
    expect(rule).toContain('This sale');
    expect(
      keywords.map((one: { flow: { name: string }; verdict: string }) => [one.flow.name, one.verdict]),
    ).toEqual([
      ['This sale', 'meant'],
      ['Last sale', 'too-late'],
      ['Next sale', 'too-early'],
    ]);
  });

  test('for known and for unknown numbers', async () => {
    await live(flow('Welcome', { kind: 'keyword', words: ['HELLO'], known: 'unknown' }));
    await live(flow('Welcome back', { kind: 'keyword', words: ['HELLO'], known: 'known' }));
    const person = stranger();
    const first = await texts(person, 'hello');
    expect(first.heard).toEqual(['Welcome ']);
    expect((await texts(person, 'hello')).heard).toEqual(['Welcome back ']);
    expect((await explanation(first.id)).keywords.map(({ verdict }: { verdict: string }) => verdict)).toEqual(
      ['meant', 'unknown-number'],
    );
  });

  test('are told on the list of keywords', async () => {
    const { body } = await stage.owner.get('/api/keywords');
    const sales = body.filter(({ word }: { word: string }) => word === 'SALE');
    expect(sales).toContainEqual(expect.objectContaining({ ...NOW, known: 'any' }));
    expect(body).toContainEqual(
      expect.objectContaining({ word: 'HELLO', known: 'unknown', from: null, until: null }),
    );
  });
});

test('a typo, and a pattern', async () => {
  await live(flow('Newsletter', { kind: 'keyword', words: ['NEWSLETTER'], match: 'close' }));
  await live(flow('Order', { kind: 'keyword', words: ['^order \\d+$'], match: 'pattern' }));
  expect((await texts(stranger(), 'newsleter')).heard).toEqual(['Newsletter ']);
  expect((await texts(stranger(), 'Order 4711')).heard).toEqual(['Order ']);
  const { keywords } = await explanation((await texts(stranger(), 'newslettr')).id);
  expect(keywords).toEqual([
    expect.objectContaining({ word: 'NEWSLETTER', match: 'close', typos: 1, verdict: 'meant' }),
  ]);
});

describe('a keyword that says a language', () => {
  test('changes the language of the contact', async () => {
    await live(
      flow(
        'Language',
        { kind: 'keyword', words: ['BONJOUR'], language: 'fr' },
        { kind: 'keyword', words: ['GOODDAY'] },
      ),
    );
    const person = stranger();
    expect((await texts(person, 'goodday')).heard).toEqual(['Language ']);
    expect((await texts(person, 'bonjour')).heard).toEqual(['Language en français']);
    expect((await texts(person, 'goodday')).heard).toEqual(['Language en français']);
    const { body } = await stage.owner.get(`/api/contacts?search=${encodeURIComponent(person)}`);
    expect(body.items[0]).toMatchObject({ language: 'fr' });
    const { body: contact } = await stage.owner.get(`/api/contacts/${body.items[0].id}`);
    expect(contact.fields).toEqual({});
  });
});

describe('texts that nothing else takes', () => {
  test('start the flow for them, one on a sender', async () => {
    const lost = await live(flow('Lost', { kind: 'unmatched' }));
    const { id, heard } = await texts(stranger(), ' What is this? ');
    expect(heard).toEqual(['Lost What is this?']);
    expect((await explanation(id)).rule).toMatch(/“Lost” takes such texts: it started version 1\.$/);
    const { body: messages } = await stage.owner.get(`/api/messages?flow=${lost}`);
    expect(messages.items.map((one: { text: string }) => one.text)).toContain(' What is this? ');

    const second = await publish(flow('Lost again', { kind: 'unmatched', sender: '12345' }));
    expect([second.status, second.body.error.code]).toEqual([422, 'flow.keyword-taken']);
    expect(second.body.error.message).toContain('“Lost” already on 12345');
    await stage.owner.patch(`/api/flows/${lost}`, { status: 'paused' });
    expect((await publishDraft(stage.owner, second.id)).status).toBe(204);
    const back = await stage.owner.patch(`/api/flows/${lost}`, { status: 'live' });
    expect([back.status, back.body.error.code]).toEqual([422, 'flow.keyword-taken']);
  });
});
