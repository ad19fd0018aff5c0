import { describe, expect, test } from '@jest/globals';
import { policyFor } from '#flows/engine/consent/terms.ts';
import { createLog } from '#server/common/log.ts';
import { ConsentOrders } from '#server/consent/consent-orders.ts';
import { Lapses } from '#server/consent/lapses.service.ts';
import { LapsesRepository } from '#server/consent/lapses.repository.ts';
import { LedgerCheck } from '#server/consent/ledger-check.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { lineFlow } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { publishFlow } from '../support/workspace.ts';

const clock = new ManualClock('2026-06-10T12:00:00Z');
const stage = stageDemo({ clock });
const check = (): LedgerCheck => stage.server.app.get(LedgerCheck);

describe('a list whose consents lapse', () => {
  const lapses = () =>
    new Lapses(
      stage.server.app.get(LapsesRepository),
      stage.server.app.get(ConsentOrders),
      clock,
      createLog('silent'),
    );
  const stateOf = async (phone: string): Promise<string> => (await stage.found(phone)).lists[0].state;
  const age = async (phone: string): Promise<void> => {
    const { id } = await stage.found(phone);
    await stage.sql(
      `update consents set since = since - interval '30 days', lapses_at = lapses_at - interval '30 days' where contact_id = $1`,
      [id],
    );
  };

  test('forgets questions and consents that are too old, and asks anew', async () => {
    const [asked, joined, fresh] = [stage.person(), stage.person(), stage.person()];
    for (const phone of [asked, joined, fresh]) await stage.says(phone, 'JOIN');
    for (const phone of [joined, fresh]) await stage.says(phone, 'YES');
    const lists: { key: string; name: string; optIn: string }[] = (await stage.owner.get('/api/lists')).body;
    const news = lists.find(({ key }) => key === 'news');
    const policy = { key: 'news', name: news?.name, optIn: news?.optIn, lastsDays: 20, asksHours: 24 };
    expect((await stage.owner.patch('/api/lists/news', policy)).status).toBe(204);
    for (const phone of [asked, joined]) await age(phone);
    await lapses().workDue();
    expect([await stateOf(asked), await stateOf(joined), await stateOf(fresh)]).toEqual([
      'expired',
      'expired',
      'confirmed',
    ]);
    const offer = { phone: joined, text: 'Half price', purpose: 'marketing', list: 'news', sender: '12345' };
    expect((await stage.owner.post('/api/messages', offer)).body.reason).toBe('no-consent');
    await stage.says(joined, 'JOIN');
    expect(await stateOf(joined)).toBe('pending');
    expect((await check().verify(await stage.workspaceId())).broken).toBeNull();
  });

  test('goes by the terms of people’s own countries, tells when, and the gate knows new terms at once', async () => {
    const deals = {
      key: 'deals',
      name: 'Deals',
      optIn: 'single',
      basis: 'implied',
      impliedDays: 700,
      countries: { CA: { impliedDays: 180 }, DE: { optIn: 'double', basis: 'express' } },
    };
    expect((await stage.owner.post('/api/lists', deals)).status).toBe(204);
    const [british, canadian, german] = [stage.person(), '+14165550123', '+4915112345678'];
    const day = (ago: number) => new Date(clock.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const bought = (on: string) => ({
      rows: [british, canadian, german].map((phone) => ({ phone })),
      consent: {
        list: 'deals',
        basis: 'implied',
        how: 'Bought a coat in our shop.',
        on,
        where: 'Leeds shop',
      },
    });
    expect((await stage.owner.post('/api/contacts/import', bought(day(800)))).body.error.code).toBe(
      'import.too-old',
    );
    const { consent } = (await stage.owner.post('/api/contacts/import', bought(day(100)))).body;
    expect(consent).toMatchObject({ confirmed: 2, unproven: 1 });
    const held = async (phone: string) =>
      (await stage.found(phone)).lists.find(({ key }: { key: string }) => key === 'deals');
    expect(await held(canadian)).toMatchObject({ state: 'confirmed', basis: 'implied' });
    expect((await held(canadian)).lapsesAt.slice(0, 10)).toBe(day(100 - 180));
    expect((await held(british)).lapsesAt.slice(0, 10)).toBe(day(100 - 700));
    const offer = (phone: string) =>
      stage.owner.post('/api/messages', {
        phone,
        text: 'Half price',
        purpose: 'marketing',
        list: 'deals',
        sender: '12345',
      });
    expect((await offer(british)).body.outcome).toBe('sent');
    await stage.owner.patch('/api/lists/deals', { ...deals, impliedDays: 90 });
    expect((await offer(british)).body.reason).toBe('no-consent');
    await lapses().workDue();
    expect([(await held(british)).state, (await held(canadian)).state]).toEqual(['expired', 'confirmed']);
    await stage.owner.patch('/api/lists/deals', { ...deals, basis: 'express', countries: {} });
    await lapses().workDue();
    expect((await held(canadian)).state).toBe('expired');
    const [list] = await stage.sql<{ terms_changed_at: Date | null }>(
      `select terms_changed_at from lists where key = 'deals'`,
    );
    expect(list?.terms_changed_at).toBeNull();
    expect((await check().verify(await stage.workspaceId())).broken).toBeNull();
  });

  test('asks people of some countries to confirm, and not others', async () => {
    const beer = { key: 'beer', name: 'Beer', optIn: 'single', countries: { DE: { optIn: 'double' } } };
    expect((await stage.owner.post('/api/lists', beer)).status).toBe(204);
    const { body } = await stage.owner.get('/api/lists');
    expect(body.find(({ key }: { key: string }) => key === 'beer')).toMatchObject(beer);
    expect(
      policyFor({ optIn: 'single', countries: { DE: { optIn: 'double' } } }, '+4915112345678').optIn,
    ).toBe('double');
    expect(
      policyFor({ optIn: 'single', countries: { DE: { optIn: 'double' } } }, '+447700900001').optIn,
    ).toBe('single');
  });
});

describe('a list for people of an age', () => {
  test('is joined once they answered, which stands in the ledger without the day they were born', async () => {
    await stage.owner.post('/api/lists', { key: 'wine', name: 'Wine', optIn: 'single', minimumAge: 18 });
    const flow = await publishFlow(
      stage.server.database.source,
      await stage.workspaceId(),
      lineFlow(
        'WINE',
        ['age', { text: 'When were you born?', years: 18, timeout: '1h' }, 'old-enough'],
        ['subscribe', { list: 'wine' }, 'next'],
      ),
    );
    const phone = stage.person();
    const offer = () =>
      stage.owner.post('/api/messages', {
        phone,
        text: 'A bottle',
        purpose: 'marketing',
        list: 'wine',
        sender: '12345',
      });
    await stage.says(phone, 'WINE');
    expect((await offer()).body.reason).toBe('no-consent');
    await stage.says(phone, '1 May 1980');
    const { id } = await stage.found(phone);
    const { ledger, lists } = (await stage.owner.get(`/api/contacts/${id}`)).body;
    expect(lists).toMatchObject([{ key: 'wine', state: 'confirmed' }]);
    expect(ledger).toContainEqual(
      expect.objectContaining({
        scope: 'age:18',
        from: 'none',
        to: 'confirmed',
        because: 'age',
        shown: null,
      }),
    );
    expect((await offer()).body.outcome).toBe('sent');
    expect(
      (await stage.owner.patch('/api/lists/wine', { key: 'wine', name: 'Wine', optIn: 'single' })).status,
    ).toBe(204);
    const askingGermansTwice = {
      key: 'wine',
      name: 'Wine',
      optIn: 'single',
      countries: { DE: { optIn: 'double' } },
    };
    expect((await stage.owner.patch('/api/lists/wine', askingGermansTwice)).body.error.code).toBe(
      'flow.would-break',
    );
    const older = { key: 'wine', name: 'Wine', optIn: 'single', minimumAge: 21 };
    expect((await stage.owner.patch('/api/lists/wine', older)).body.error.code).toBe('flow.would-break');
    await stage.owner.patch(`/api/flows/${flow}`, { status: 'paused' });
    expect((await stage.owner.patch('/api/lists/wine', older)).status).toBe(204);
    expect((await offer()).body.reason).toBe('too-young');
    const imported = await stage.owner.post('/api/contacts/import', {
      rows: [{ phone: stage.person() }],
      consent: {
        list: 'wine',
        basis: 'express',
        how: 'I agree to texts.',
        on: '2026-03-01',
        where: 'A form',
      },
    });
    expect(imported.body.consent).toMatchObject({ confirmed: 0, unproven: 1 });
    expect((await check().verify(await stage.workspaceId())).broken).toBeNull();
  });
});
