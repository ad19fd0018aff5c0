import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { lineFlow } from '../support/line-flow.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { publishFlow } from '../support/workspace.ts';

const CARD = '4111 1111 1111 1111';
const PERSON = '+447700900815';

let server: TestServer;
let owner: ApiClient;

const query = (text: string, values: unknown[] = []) => server.database.source.query(text, values);
const says = async (text: string, part?: object): Promise<string[]> => {
  const { body } = await owner.post('/in/simulated/demo', { from: PERSON, to: '12345', text, ...part });
  return body.replies.map((reply: { text: string }) => reply.text);
};

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
  const [{ id: workspaceId }] = await query('select id from workspaces');
  await publishFlow(
    server.database.source,
    workspaceId,
    lineFlow(
      'PAYME',
      ['question', { text: 'How do you pay?', answers: [], saveAs: 'how', timeout: '24h' }, 'answered'],
      ['message', { text: 'You wrote {{answers.how}}', purpose: 'reply' }, 'next'],
    ),
  );
  await publishFlow(
    server.database.source,
    workspaceId,
    lineFlow('GROWNUP', ['age', { text: 'When were you born?', years: 18, by: 'birthday' }, 'old-enough']),
  );
});
afterAll(() => server?.close());

/** The tables in which some row holds these words. */
async function holding(words: string): Promise<string[]> {
  const tables: { name: string }[] = await query(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows: unknown[] = await query(`select 1 from ${name} t where position($1 in t::text) > 0 limit 1`, [
      words,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe('what people should not have texted', () => {
  test('a card is stored nowhere, and the flow goes on with what is left of it', async () => {
    await says('PAYME');
    expect(await says(`With ${CARD}, 12/27 123`)).toEqual(['You wrote With •••• •••• •••• 1111, 12/27 •••']);
    expect(await holding(CARD)).toEqual([]);
    expect(await holding('•••• 1111')).toEqual(expect.arrayContaining(['runs']));
    const { body } = await owner.get('/api/messages?search=1111&direction=in');
    expect(body.items[0].text).toBe('With •••• •••• •••• 1111, 12/27 •••');
  });

  test('the day somebody was born is read, and only what came of it is kept', async () => {
    await says('GROWNUP');
    await says('31 Jan 1987');
    expect(await holding('1987')).toEqual([]);
    const [ledger] = await query("select to_state from consent_ledger where scope = 'age:18'");
    expect(ledger).toEqual({ to_state: 'confirmed' });
    const [{ text }] = await query("select text from inbound where text like '%Jan%'");
    expect(text).toBe('•• Jan ••••');
  });
});
