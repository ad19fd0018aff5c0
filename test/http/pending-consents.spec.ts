import { describe, expect, test } from '@jest/globals';
import { stageDemo } from '../support/demo-stage.ts';

const stage = stageDemo();

describe('a consent that is not confirmed', () => {
  const proofOf = async (phone: string) => {
    const { id } = await stage.found(phone);
    const { body } = await stage.owner.get(`/api/contacts/${id}/consent`);
    expect((await stage.owner.get(`/api/contacts/${id}`)).body.pending).toEqual(body.pending);
    return body;
  };

  const publish = (word: string, node: object) =>
    stage.publish({
      schemaVersion: 1,
      name: word,
      triggers: [{ kind: 'keyword', words: [word] }],
      nodes: [node],
      edges: [],
      start: 'join',
    });

  test('says which question it waits for, since when, and who asks', async () => {
    const phone = stage.person();
    await stage.says(phone, 'JOIN');
    const { entries, pending, contactId } = await proofOf(phone);
    expect(pending).toEqual([
      {
        list: { key: 'news', name: expect.any(String) },
        since: entries[0].at,
        lapsesAt: expect.any(String),
        waitsFor: 'reply',
        question: {
          text: expect.stringContaining('Reply YES'),
          askedAt: entries[0].at,
          until: expect.any(String),
          flow: { id: expect.any(String), name: expect.any(String) },
          runId: expect.any(String),
        },
      },
    ]);
    const csv = await stage.owner.get(`/api/contacts/${contactId}/consent.csv`);
    expect(csv.text).toContain(`their yes to the question; asked ${entries[0].at}: `);
    await stage.says(phone, 'YES');
    expect((await proofOf(phone)).pending).toEqual([]);
  });

  test('says that nobody waits for the answer any more, that nothing asked, or what else is missing', async () => {
    for (const key of ['daily', 'paper'])
      await stage.owner.post('/api/lists', { key, name: key, optIn: 'double' });
    await stage.owner.post('/api/lists', { key: 'wine', name: 'Wine', optIn: 'single', minimumAge: 18 });
    const joins = (list: string) => ({ id: 'join', kind: 'subscribe', config: { list } });
    await publish('WINE', joins('wine'));
    await publish('PAPER', joins('paper'));
    await publish('DAILY', {
      id: 'join',
      kind: 'confirm',
      config: { text: 'Daily?', list: 'daily', retries: 0 },
    });
    const phone = stage.person();
    for (const text of ['DAILY', 'maybe later', 'WINE', 'PAPER']) await stage.says(phone, text);
    const waits = (await proofOf(phone)).pending.map(
      ({
        list,
        waitsFor,
        question,
      }: {
        list: { key: string };
        waitsFor: string;
        question: object | null;
      }) => [list.key, waitsFor, question],
    );
    expect(Object.fromEntries(waits.map(([key, ...rest]: [string, ...unknown[]]) => [key, rest]))).toEqual({
      daily: ['asking-again', expect.objectContaining({ text: 'Daily?', flow: null, until: null })],
      paper: ['question', null],
      wine: ['age', null],
    });
  });
});
