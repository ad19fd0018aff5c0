import { describe, expect, test } from '@jest/globals';
import { writeFlowFile } from '#flows/definition/flow-file.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { textloom } from '../cli/terminal.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { publishDraft } from '../support/publish-draft.ts';
import { TemporaryFolder } from '../support/temporary-folder.ts';

const stage = stageDemo();
const folder = new TemporaryFolder();

/** A text to whoever asks for it, under this keyword. */
const greeting = (word: string) => ({
  schemaVersion: 1,
  name: word,
  triggers: [{ kind: 'keyword', words: [word] }],
  nodes: [
    { id: 'hello', kind: 'message', config: { text: 'Hello!' } },
    { id: 'done', kind: 'end', config: {} },
  ],
  edges: [{ from: 'hello', port: 'next', to: 'done' }],
  start: 'hello',
});

const talk = (word: string) => ({ name: 'Says hello', lines: [{ says: word }, { hears: 'Hello!' }] });
const make = async (input: object): Promise<string> => (await stage.owner.post('/api/flows', input)).body.id;
const conversationsOf = (id: string) => stage.owner.get(`/api/flows/${id}/conversations`);

describe('golden conversations', () => {
  test('are saved over the revision they follow, and over no other', async () => {
    const id = await make({ name: 'HI', definition: greeting('HI') });
    expect((await conversationsOf(id)).body).toEqual({ conversations: [], revision: 1 });
    const path = `/api/flows/${id}/conversations`;
    const saved = await stage.owner.put(path, { conversations: [talk('HI')], revision: 1 });
    expect(saved).toMatchObject({ status: 200, body: { revision: 2 } });
    const stale = await stage.owner.put(path, { conversations: [], revision: 1 });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'flow.conversations-stale']);
    expect((await conversationsOf(id)).body).toEqual({ conversations: [talk('HI')], revision: 2 });
  });

  test('have names of their own, lines, and times that can pass', async () => {
    const id = await make({ name: 'HM', definition: greeting('HM') });
    const refused = async (conversations: unknown[]) =>
      (await stage.owner.put(`/api/flows/${id}/conversations`, { conversations, revision: 1 })).status;
    expect(await refused([talk('HM'), talk('HM')])).toBe(400);
    expect(await refused([{ name: 'Nothing', lines: [] }])).toBe(400);
    expect(await refused([{ name: 'For ever', lines: [{ after: '999999w' }] }])).toBe(400);
  });

  test('come along when a flow is imported or duplicated, published, and taken back from a version', async () => {
    const id = await make({ name: 'HEY', definition: greeting('HEY'), conversations: [talk('HEY')] });
    const { body: copy } = await stage.owner.post(`/api/flows/${id}/duplicate`, {});
    expect((await conversationsOf(copy.id)).body.conversations).toEqual([talk('HEY')]);
    expect((await publishDraft(stage.owner, id)).status).toBe(204);
    expect((await stage.owner.get(`/api/flows/${id}/versions/1`)).body.conversations).toEqual([talk('HEY')]);
    await stage.owner.put(`/api/flows/${id}/conversations`, { conversations: [], revision: 1 });
    await stage.owner.post(`/api/flows/${id}/versions/1/restore`, {});
    expect((await conversationsOf(id)).body).toEqual({ conversations: [talk('HEY')], revision: 3 });
  });

  test('are heard on the command line as they are here, for an exported file carries its world', async () => {
    for (const { id: template } of TEMPLATES) {
      const id = await make({ name: `Exported ${template}`, template });
      const read = async (path: string) => (await stage.owner.get(`/api/flows/${id}${path}`)).body;
      const { conversations } = await read('/conversations');
      const file = writeFlowFile((await read('')).definition, conversations, (await read('/worlds'))[0]);
      expect(file).toMatchObject({ world: { program: { brand: 'Textloom Demo' } } });
      const { code, out } = await textloom(['test', folder.file('flow.json', file)]);
      expect([code, out]).toEqual([0, expect.stringMatching(/ conversations, 0 different\.$/)]);
      expect(await make({ name: `Back ${template}`, definition: file })).toEqual(expect.any(String));
    }
  });

  test('come along in an exported file', async () => {
    const file = { ...greeting('YO'), conversations: [talk('YO')] };
    const id = await make({ name: 'YO', definition: file });
    expect((await conversationsOf(id)).body.conversations).toEqual([talk('YO')]);
    const broken = { ...file, conversations: [{ name: 'Broken' }] };
    const refused = await stage.owner.post('/api/flows', { name: 'YO', definition: broken });
    expect([refused.status, refused.body.error.code]).toEqual([422, 'conversations.shape']);
  });

  test('come with a template, as they read in this workspace', async () => {
    const id = await make({ name: 'Offers', template: 'ab-offer' });
    const { body } = await conversationsOf(id);
    expect(body.conversations.length).toBeGreaterThan(3);
    expect(JSON.stringify(body.conversations[0].lines)).toContain('Textloom Demo');
  });
});

test('what a flow needs can be added where it is missing', async () => {
  const definition = {
    ...greeting('CLUB2'),
    nodes: [
      { id: 'hello', kind: 'subscribe', config: { list: 'night-club' } },
      { id: 'done', kind: 'end', config: {} },
    ],
  };
  const id = await make({ name: 'CLUB2', definition });
  const codes = async () =>
    (await stage.owner.get(`/api/flows/${id}`)).body.issues.map(({ code }: { code: string }) => code);
  expect(await codes()).toContain('list.unknown');
  const lists = [{ key: 'night-club', name: 'Night club', optIn: 'double' }];
  expect((await stage.owner.post(`/api/flows/${id}/needs`, { lists })).status).toBe(204);
  expect(await codes()).not.toContain('list.unknown');
});

test('a version keeps what it was published in spite of, and why', async () => {
  const definition = {
    ...greeting('BARGAIN'),
    nodes: [
      ...greeting('BARGAIN').nodes,
      { id: 'lost', kind: 'message', config: { text: 'Nobody reads me.' } },
    ],
    edges: [...greeting('BARGAIN').edges, { from: 'lost', port: 'next', to: 'done' }],
  };
  const id = await make({ name: 'BARGAIN', definition });
  const { body: flow } = await stage.owner.get(`/api/flows/${id}`);
  const [warning] = flow.issues;
  expect(warning).toMatchObject({ severity: 'warning', place: { node: 'lost' } });
  const publish = (accepted: readonly object[]) =>
    stage.owner.post(`/api/flows/${id}/publish`, { revision: 1, accepted });
  const accepted = [{ code: warning.code, place: warning.place, reason: 'We join it next week.' }];
  const { status, body } = await publish(accepted);
  expect([status, body.error.code]).toEqual([422, 'flow.needs-reason']);
  const open: { code: string; finding: { severity: string } }[] = body.error.issues;
  expect(open.map(({ finding }) => finding.severity)).toEqual(open.map(() => 'warning'));
  expect(open.map(({ code }) => code)).toContain('text.first');
  expect(open.map(({ code }) => code)).not.toContain(warning.code);
  const others = [...new Set(open.map(({ code }) => code))].map((code) => ({ code, reason: 'It is short.' }));
  expect((await publish([...accepted, ...others])).status).toBe(204);
  const { body: versions } = await stage.owner.get(`/api/flows/${id}/versions`);
  expect(versions[0].doubts).toContainEqual({
    code: warning.code,
    message: warning.message,
    place: warning.place,
    reason: 'We join it next week.',
  });
});
