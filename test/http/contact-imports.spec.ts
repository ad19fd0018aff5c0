import { beforeAll, describe, expect, test } from '@jest/globals';
import { LedgerCheck } from '#server/consent/ledger-check.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { ManualClock } from '../support/manual-clock.ts';

const stage = stageDemo({ clock: new ManualClock('2026-05-31T12:00:00Z') });
let last = 0;

beforeAll(async () => {
  for (const [key, optIn] of [
    ['letters', 'single'],
    ['offers', 'double'],
  ])
    expect(
      (
        await stage.owner.post('/api/lists', {
          key,
          name: key,
          optIn,
          countries: {},
          basis: optIn === 'single' ? 'implied' : 'express',
          lastsDays: 400,
          impliedDays: 400,
          asksHours: null,
        })
      ).status,
    ).toBe(204);
});
const person = (): string => `+4477009${String(40_000 + ++last)}`;
const says = (from: string, text: string) =>
  stage.owner.post('/in/simulated/demo', { from, to: '12345', text });
const bring = (body: object) => stage.owner.post('/api/contacts/import', body);
const consentTo = (list: string, basis = 'express') => ({
  list,
  basis,
  how: 'I want offers by text message. Reply STOP to end.',
  on: '2026-05-30',
  where: 'Till form, Leeds shop',
  url: 'https://example.com/form',
});
const entriesOf = async (phone: string) =>
  (await stage.owner.get(`/api/contacts/${(await stage.found(phone)).id}/consent`)).body.entries;

describe('an import of contacts', () => {
  test('writes numbers, languages, tags and fields, and keeps what it does not name', async () => {
    const phone = person();
    await stage.owner.post('/api/contacts', { phone, fields: { name: 'Ada', city: 'York' }, tags: ['vip'] });
    const rows = [
      { phone, language: 'French', tags: 'Summer, vip', fields: { city: 'Leeds' } },
      { phone: '07700 941001', fields: {} },
      { phone: '0 7700 941001' },
    ];
    const { status, body } = await bring({ rows, country: 'GB' });
    expect([status, body]).toEqual([200, { added: 1, known: 1, repeated: 1, problems: [], consent: null }]);
    const one = await stage.found(phone);
    expect(one).toMatchObject({ name: 'Ada', language: 'fr', tags: ['vip', 'summer'], lists: [] });
    expect((await stage.owner.get(`/api/contacts/${one.id}`)).body.fields).toEqual({
      name: 'Ada',
      city: 'Leeds',
    });
    expect((await stage.found('+447700941001')).lists).toEqual([]);
  });

  test('leaves rows out whole, each with its column and a sentence', async () => {
    const phone = person();
    const { body } = await bring({
      rows: [
        { phone: 'Ada' },
        { phone: '' },
        { phone, language: 'Klingonese' },
        { phone, tags: 'so_many' },
        { phone, fields: { 'shoe size': '4' } },
        { phone, fields: { note: 'x'.repeat(1_001) } },
      ],
    });
    expect(body).toMatchObject({ added: 0, known: 0 });
    expect(body.problems.map(({ row, column }: { row: number; column: string }) => [row, column])).toEqual([
      [0, 'phone'],
      [1, 'phone'],
      [2, 'language'],
      [3, 'tags'],
      [4, 'fields.shoe size'],
      [5, 'fields.note'],
    ]);
    expect(await stage.found(phone)).toBeUndefined();
  });

  test('takes consent with its evidence into the ledger, once however often the rows are sent', async () => {
    const phones = [person(), person()];
    const order = {
      rows: phones.map((phone) => ({ phone })),
      consent: consentTo('letters'),
      file: 'till.csv',
    };
    const rehearsed = await bring({ ...order, rehearse: true });
    expect(rehearsed.body).toMatchObject({ added: 2, consent: { confirmed: 2 } });
    expect(await stage.found(phones[0] ?? '')).toBeUndefined();
    expect((await bring(order)).body).toEqual({ ...rehearsed.body });
    expect((await bring(order)).body).toMatchObject({
      added: 0,
      known: 2,
      consent: { confirmed: 0, already: 2 },
    });
    const entries = await entriesOf(phones[1] ?? '');
    expect(entries).toEqual([
      expect.objectContaining({
        from: 'none',
        to: 'confirmed',
        because: 'import',
        decidedBy: expect.any(String),
        given: { ...consentTo('letters'), list: undefined, file: 'till.csv' },
        verified: true,
      }),
    ]);
    const shown = await stage.owner.get(`/api/contacts/${(await stage.found(phones[1] ?? ''))?.id}`);
    expect(shown.body.ledger).toEqual([
      expect.objectContaining({
        given: expect.objectContaining({ how: consentTo('letters').how, file: 'till.csv' }),
      }),
    ]);
    const id = await stage.workspaceId();
    expect((await stage.server.app.get(LedgerCheck).verify(id)).broken).toBeNull();
    const offer = {
      phone: phones[0],
      text: 'Half price',
      purpose: 'marketing',
      list: 'letters',
      sender: '12345',
    };
    expect((await stage.owner.post('/api/messages', offer)).body.outcome).toBe('sent');
  });

  test('brings nobody back who said STOP or left the list, and takes nobody off', async () => {
    const [stranger, stopped, left] = [person(), person(), person()];
    await says(stopped, 'STOP');
    await bring({ rows: [{ phone: left }], consent: consentTo('letters') });
    await says(left, 'STOP');
    await says(left, 'START');
    const { id } = await stage.found(left);
    await stage.sql(
      `update consents set state = 'revoked', because = 'unsubscribe' where contact_id = $1 and scope = 'list:letters'`,
      [id],
    );
    const rows = [stranger, stopped, left].map((phone) => ({ phone }));
    const counts = { confirmed: 1, already: 0, stopped: 1, revoked: 1, unproven: 0 };
    expect((await bring({ rows, consent: consentTo('letters'), rehearse: true })).body.consent).toEqual(
      counts,
    );
    expect((await bring({ rows, consent: consentTo('letters') })).body.consent).toEqual(counts);
    expect((await stage.found(stopped)).lists.map(({ key }: { key: string }) => key)).not.toContain(
      'letters',
    );
    expect((await stage.found(stopped)).stopped).toEqual(['Textloom Demo']);
    expect((await stage.found(left)).lists).toMatchObject([{ key: 'letters', state: 'revoked' }]);
    await bring({ rows });
    expect((await stage.found(stranger)).lists).toMatchObject([{ key: 'letters', state: 'confirmed' }]);
  });

  test('confirms a list that asks twice only with express consent', async () => {
    const phone = person();
    const rows = [{ phone }];
    const implied = await bring({ rows, consent: consentTo('offers', 'implied') });
    expect(implied.body.consent).toMatchObject({ confirmed: 0, unproven: 1 });
    expect((await stage.found(phone)).lists).toEqual([]);
    expect((await bring({ rows, consent: consentTo('offers') })).body.consent).toMatchObject({
      confirmed: 1,
    });
    const other = await bring({ rows: [{ phone: person() }], consent: consentTo('letters', 'implied') });
    expect(other.body.consent).toMatchObject({ confirmed: 1 });
  });

  test('refuses consent without its evidence, with another list, of the future or too old, beside the field', async () => {
    const phone = person();
    const refused = async (consent: object): Promise<unknown[]> => {
      const { status, body } = await bring({ rows: [{ phone }], consent });
      const { code, place, issues } = body.error;
      return [status, code, place ?? issues?.[0]?.place];
    };
    const consent = consentTo('letters');
    expect(await refused({ list: 'letters' })).toEqual([400, expect.any(String), 'consent.basis']);
    expect(await refused({ ...consent, how: ' ' })).toEqual([400, expect.any(String), 'consent.how']);
    expect(await refused({ ...consent, url: 'javascript:alert(1)' })).toEqual([
      400,
      expect.any(String),
      'consent.url',
    ]);
    expect(await refused({ ...consent, list: 'nope' })).toEqual([422, 'list.not-found', 'consent.list']);
    expect(await refused({ ...consent, on: '2999-01-01' })).toEqual([422, 'import.date', 'consent.on']);
    expect(await refused({ ...consent, on: '2001-01-01' })).toEqual([422, 'import.too-old', 'consent.on']);
    expect(await stage.found(phone)).toBeUndefined();
  });

  test('knows whoever was erased again, still stopped', async () => {
    const phone = person();
    await says(phone, 'STOP');
    const { id } = await stage.found(phone);
    await stage.owner.delete(`/api/contacts/${id}`);
    const { body } = await bring({
      rows: [{ phone, fields: { name: 'Bo' } }],
      consent: consentTo('letters'),
    });
    expect(body.consent).toMatchObject({ confirmed: 0, stopped: 1 });
    expect(await stage.found(phone)).toMatchObject({ id, name: 'Bo', lists: [], stopped: ['Textloom Demo'] });
  });

  test('takes a thousand rows at once', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      phone: `+4477010${String(10_000 + index)}`,
    }));
    const { body } = await bring({ rows, consent: consentTo('letters') });
    expect(body).toMatchObject({ added: 1_000, consent: { confirmed: 1_000 } });
  });
});
