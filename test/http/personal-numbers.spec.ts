import { beforeAll, describe, expect, test } from '@jest/globals';
import { stageDemo } from '../support/demo-stage.ts';
import { lineFlow } from '../support/line-flow.ts';

const CARD = '4111 1111 1111 1111';
const PERSON = '+447700900815';

const stage = stageDemo();

const says = async (text: string, part?: object): Promise<string[]> => {
  const { body } = await stage.owner.post('/in/simulated/demo', { from: PERSON, to: '12345', text, ...part });
  return body.replies.map((reply: { text: string }) => reply.text);
};

beforeAll(async () => {
  await stage.publish(
    lineFlow(
      'PAYME',
      ['question', { text: 'How do you pay?', answers: [], saveAs: 'how', timeout: '24h' }, 'answered'],
      ['message', { text: 'You wrote {{answers.how}}', purpose: 'reply' }, 'next'],
    ),
  );
  await stage.publish(
    lineFlow('GROWNUP', ['age', { text: 'When were you born?', years: 18, by: 'birthday' }, 'old-enough']),
  );
});
/** The tables in which some row holds these words, as such: not within an id, a hash, a code or a moment. */
async function holding(words: string): Promise<string[]> {
  const tables: { name: string }[] = await stage.sql(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows: unknown[] = await stage.sql(`select 1 from ${name} t where t::text ~ $1 limit 1`, [
      `(^|[^[:alnum:].:+-])${words}([^[:alnum:]]|$)`,
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
    const { body } = await stage.owner.get('/api/messages?search=1111&direction=in');
    expect(body.items[0].text).toBe('With •••• •••• •••• 1111, 12/27 •••');
  });

  test('the day somebody was born is read, and only what came of it is kept', async () => {
    await says('GROWNUP');
    await says('31 Jan 1987');
    expect(await holding('1987')).toEqual([]);
    const [ledger] = await stage.sql("select to_state from consent_ledger where scope = 'age:18'");
    expect(ledger).toEqual({ to_state: 'confirmed' });
    const texts = await stage.sql("select text from inbound where text like '%Jan%'");
    expect(texts).toEqual([{ text: '•• Jan ••••' }]);
  });
});
