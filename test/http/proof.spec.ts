import { expect, test } from '@jest/globals';
import { stageDemo } from '../support/demo-stage.ts';

const stage = stageDemo();

/** A keyword, a marketing text nobody agreed to, the end. */
const unasked = {
  schemaVersion: 1,
  name: 'Deals',
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: ['DEALS'], match: 'exact', sender: '*' }],
  nodes: [
    {
      id: 'deal',
      kind: 'message',
      config: { text: 'Deal of the day: half price! STOP to end.', purpose: 'marketing', list: 'news' },
    },
    { id: 'done', kind: 'end', config: {} },
  ],
  edges: [{ from: 'deal', port: 'next', to: 'done' }],
  start: 'deal',
};

test('marketing without consent is refused with the conversation that shows it', async () => {
  const { body: made } = await stage.owner.post('/api/flows', { name: 'Deals', definition: unasked });
  const { body: flow } = await stage.owner.get(`/api/flows/${made.id}`);
  const refused = await stage.owner.post(`/api/flows/${made.id}/publish`, { revision: flow.revision });
  expect(refused.status).toBe(422);
  expect(refused.body.error.code).toBe('flow.not-publishable');
  const [issue] = refused.body.error.issues;
  expect(issue.place).toBe('deal.suppressed');
  expect(issue.conversation).toContain('> DEALS');
  expect(issue.finding).toMatchObject({
    severity: 'error',
    place: { node: 'deal', port: 'suppressed' },
    witness: { lines: [{ says: 'DEALS' }], given: [], replayed: true },
  });
});

test('a published version keeps what was proved of it', async () => {
  const { body: flows } = await stage.owner.get('/api/flows?search=Double');
  const { body: version } = await stage.owner.get(`/api/flows/${flows.items[0].id}/versions/1`);
  expect(version.certificates).toHaveLength(1);
  const [certificate] = version.certificates;
  expect(certificate.states).toBeGreaterThan(3);
  expect(certificate.bounded).toBeNull();
  expect(certificate.results.filter(({ verdict }: { verdict: string }) => verdict === 'violated')).toEqual(
    [],
  );
});

test('a question that outlives what its list allows it is explained before it is published', async () => {
  await stage.owner.post('/api/lists', { key: 'soon', name: 'Soon', optIn: 'double', asksHours: 48 });
  const join = { id: 'join', kind: 'confirm', config: { text: 'Reply YES.', list: 'soon', timeout: '3d' } };
  const ports = ['confirmed', 'declined', 'unclear', 'timeout', 'suppressed'];
  const { body: made } = await stage.owner.post('/api/flows', {
    name: 'Soon',
    definition: {
      ...unasked,
      name: 'Soon',
      triggers: [{ ...unasked.triggers[0], words: ['SOON'] }],
      nodes: [join, { id: 'done', kind: 'end', config: {} }],
      edges: ports.map((port) => ({ from: 'join', port, to: 'done' })),
      start: 'join',
    },
  });
  const { status, body } = await stage.owner.post(`/api/flows/${made.id}/publish`, { revision: 1 });
  expect([status, body.error.code]).toEqual([422, 'flow.needs-reason']);
  const [issue] = body.error.issues;
  expect(issue).toMatchObject({ code: 'opt-in.late', place: 'join.config.timeout' });
  expect(issue.message).toContain(
    'waits 3 days for an answer, and the question to join “soon” lapses after 2 days',
  );
});
