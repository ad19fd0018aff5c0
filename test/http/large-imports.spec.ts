import { describe, expect, test } from '@jest/globals';
import { stageDemo } from '../support/demo-stage.ts';
import { turnsUntil } from '../support/turns-until.ts';

const stage = stageDemo();
let last = 0;

/** Rows of so many fields each, of people nobody knows; as large as a file may be that goes in one request. */
const rowsOf = (count: number, fields: number) =>
  Array.from({ length: count }, () => ({
    phone: `+4477009${String(10_000 + ++last)}`,
    tags: 'from-file',
    fields: Object.fromEntries(Array.from({ length: fields }, (_, n) => [`field${n}`, `what ${n} says`])),
  }));
const bring = (body: object | string) => stage.owner.call('POST', '/api/contacts/import', body);
const fieldsOf = async (phone = '') =>
  (await stage.sql<{ fields: object }>('select fields from contacts where phone = $1', [phone]))[0]?.fields;

describe('a large file', () => {
  test('is read in turns, and all of it', async () => {
    const rows = rowsOf(600, 60);
    const body = JSON.stringify({ rows });
    const answer = bring(body);
    expect(await turnsUntil(answer)).toBeGreaterThan(20);
    expect(await answer).toMatchObject({
      status: 200,
      body: { added: 600, known: 0, repeated: 0, problems: [], consent: null },
    });
    expect(await fieldsOf(rows[599]?.phone)).toEqual(rows[599]?.fields);
    expect((await bring(body)).body).toMatchObject({ added: 0, known: 600 });
  });

  test('says by its row what is wrong in it, and writes nothing', async () => {
    const rows = rowsOf(300, 60);
    const wrong = {
      rows: rows.with(200, { ...rows[200], fields: { a: 1 } } as never),
      country: 'Britain',
      more: 1,
    };
    const answer = await bring(wrong);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details ?? answer.body.error).toMatchObject({
      issues: expect.arrayContaining([
        expect.objectContaining({ place: 'rows.200.fields.a' }),
        expect.objectContaining({ place: 'country' }),
      ]),
    });
    expect(await fieldsOf(rows[0]?.phone)).toBeUndefined();
  });

  test('is refused where a text in it could not be stored, by its place', async () => {
    const rows = rowsOf(300, 60);
    const answer = await bring({ rows: rows.with(250, { ...rows[250], tags: 'a\u0000' } as never) });
    expect([answer.status, answer.body.error.place ?? answer.body.error.details?.place]).toEqual([
      400,
      'rows.250.tags',
    ]);
  });

  test.each([
    ['is no JSON', (text: string) => text.slice(0, -1), 400],
    ['wants to be what all objects are', (text: string) => text.replace('"field7"', '"__proto__"'), 400],
    ['has no rows', () => JSON.stringify({ rows: [], file: 'x'.repeat(200_000) }), 400],
    [
      'is larger than a request may be',
      (text: string) => text.replace('"what 0', `"${'x'.repeat(5_000_000)}`),
      413,
    ],
  ])('that %s is refused in a sentence', async (_, change, status) => {
    const answer = await bring(change(JSON.stringify({ rows: rowsOf(300, 60) })));
    expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringMatching(/\w \w/)]);
  });
});
