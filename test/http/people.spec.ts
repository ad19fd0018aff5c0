import { beforeAll, describe, expect, test } from '@jest/globals';
import { stageDemo } from '../support/demo-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';

const stage = stageDemo({ clock: new ManualClock('2026-05-31T12:00:00Z') });

const ANN = '+447700900001';

const says = async (text: string, more: object = {}): Promise<string[]> => {
  const { body } = await stage.owner.post('/in/simulated/demo', { from: ANN, to: '12345', text, ...more });
  return body.replies.map((reply: { text: string }) => reply.text);
};
const ann = () => stage.found(ANN);

beforeAll(async () => {
  for (const flow of [
    lineFlow(
      'TAGME',
      ['tag', { add: ['vip', 'coffee'] }, 'next'],
      ['set-field', { field: 'city', value: { kind: 'text', text: 'York' } }, 'next'],
      saying('Tagged {{contact.tags}}'),
    ),
    lineFlow('UNTAG', ['tag', { remove: ['coffee'] }, 'next'], saying('Left {{contact.tags}}')),
    lineFlow(
      'SHOW',
      ['collect', { text: 'A picture, please', wanted: { kind: 'picture' }, saveAs: 'it' }, 'given'],
      saying('Got {{answers.it}}'),
    ),
    lineFlow(
      'WHEN',
      ['collect', { text: 'Which day?', wanted: { kind: 'date' }, saveAs: 'day' }, 'given'],
      saying('{{answers.day}}'),
    ),
  ])
    await stage.publish(flow);
});
describe('tags', () => {
  test('are put on and taken off by flows, beside the fields of the same text', async () => {
    expect(await says('TAGME')).toEqual(['Tagged vip coffee']);
    const { id, tags } = await ann();
    expect(tags).toEqual(['coffee', 'vip']);
    expect((await stage.owner.get(`/api/contacts/${id}`)).body.fields).toMatchObject({ city: 'York' });
    expect(await says('UNTAG')).toEqual(['Left vip']);
    expect((await ann()).tags).toEqual(['vip']);
  });

  test('are set by people, and people are found by them', async () => {
    const { id } = await ann();
    expect(
      (await stage.owner.call('PATCH', `/api/contacts/${id}`, { tags: ['gold', 'gold', 'vip'] })).status,
    ).toBe(204);
    expect((await stage.owner.get('/api/contacts?tag=gold')).body).toMatchObject({
      total: 1,
      items: [{ id }],
    });
    expect((await stage.owner.get('/api/contacts?tag=gol')).body.total).toBe(0);
    expect((await stage.owner.call('PATCH', `/api/contacts/${id}`, { tags: ['Not a tag!'] })).status).toBe(
      400,
    );
    const created = await stage.owner.post('/api/contacts', { phone: '+447700900009', tags: ['gold'] });
    expect((await stage.owner.get('/api/contacts?tag=gold')).body.items[0]).toMatchObject({
      id: created.body.id,
    });
    expect((await stage.owner.get('/api/contacts/export')).text).toContain('gold vip');
  });
});

describe('what comes along with a text', () => {
  test('pictures reach the question, and what is no address does no harm', async () => {
    expect(await says('SHOW')).toEqual(['A picture, please']);
    expect(await says('here', { media: 'nothing', more: { deep: [1] } })).toEqual(['A picture, please']);
    const media = [7, 'javascript:alert(1)', 'https://files.example/cat.jpg'];
    expect(await says('', { media })).toEqual(['Got https://files.example/cat.jpg']);
  });

  test('the clock of the person’s country tells what tomorrow is', async () => {
    const { id } = await ann();
    await stage.owner.call('PATCH', `/api/contacts/${id}`, { fields: { timeZone: 'Pacific/Kiritimati' } });
    await says('WHEN');
    const [there] = await says('today');
    expect(there).toBe('2026-06-01');
  });
});
