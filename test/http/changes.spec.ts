import { describe, expect, test } from '@jest/globals';
import { stageSettings, UNKNOWN } from '../support/settings-stage.ts';

const stage = stageSettings();

const NEWS = { key: 'news', name: 'News', optIn: 'double', lastsDays: 365, asksHours: 48 };

/** What some address lists, as it stands there now. */
const first = async (path: string) => (await stage.owner.get(path)).body[0];

/** Changes it bit by bit; each time all else stays as it was. */
async function changesBitByBit(path: string, at: string, changes: Record<string, unknown>): Promise<void> {
  for (const [field, value] of Object.entries(changes)) {
    const before = await first(path);
    const { status, text } = await stage.owner.patch(`${path}/${at}`, { [field]: value });
    expect([field, status, text]).toEqual([field, 204, '']);
    expect(await first(path)).toEqual({ ...before, [field]: value });
  }
  const before = await first(path);
  expect((await stage.owner.patch(`${path}/${at}`, {})).status).toBe(204);
  expect(await first(path)).toEqual(before);
}

describe('a change of a setting names what it changes, and leaves all else as it is', () => {
  test('of a program', () =>
    changesBitByBit('/api/programs', stage.programId, {
      name: 'Circle',
      brand: 'Acme & Co',
      language: 'fr',
      contact: 'help@acme.example',
      helpText: 'Call us.',
      agentText: 'Somebody calls you.',
      stopAddress: '36111',
      termsUrl: 'https://acme.example/terms',
    }));

  test('of a gateway', () =>
    changesBitByBit('/api/gateways', stage.gatewayId, {
      name: 'Carrier 2',
      sendUrl: 'https://carrier.example/2',
      partsSeconds: 30,
      repeatSeconds: 60,
      mostAtOnce: 5,
      perSecond: 2,
    }));

  test('of a list', async () => {
    expect((await stage.owner.post('/api/lists', NEWS)).status).toBe(204);
    await changesBitByBit('/api/lists', 'news', {
      name: 'Our news',
      optIn: 'single',
      countries: { DE: { optIn: 'double' } },
      basis: 'implied',
      lastsDays: null,
      minimumAge: 18,
    });
  });

  test('of a sender', async () => {
    const { body } = await stage.owner.post('/api/senders', stage.sender({ mostADay: 100 }));
    await changesBitByBit('/api/senders', body.id, {
      address: '54321',
      mostSegments: 3,
      overDay: 'fail',
      campaign: 'C1234',
      destinations: ['GB', 'FR'],
    });
    // Another way to write the same number is no change of it.
    expect((await stage.owner.patch(`/api/senders/${body.id}`, { address: '5-43 21' })).status).toBe(204);
    expect(await first('/api/senders')).toMatchObject({ address: '54321' });
    const wrong = await stage.owner.patch(`/api/senders/${body.id}`, { kind: 'alphanumeric' });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'sender.address']);
  });

  test('of the workspace', async () => {
    const shown = async () => {
      const { name, timeZone, marketingADay } = (await stage.owner.get('/api/session')).body.workspace;
      return { name, timeZone, marketingADay };
    };
    for (const change of [{ name: 'ACME' }, { timeZone: 'Europe/Paris' }, { marketingADay: 2 }, {}]) {
      const before = await shown();
      expect((await stage.owner.patch('/api/workspace', change)).status).toBe(204);
      expect(await shown()).toEqual({ ...before, ...change });
    }
  });

  test('also where nothing is there to be changed', async () => {
    for (const path of ['programs', 'gateways', 'senders'])
      expect([path, (await stage.owner.patch(`/api/${path}/${UNKNOWN}`, {})).status]).toEqual([path, 404]);
    expect((await stage.owner.patch('/api/lists/none', {})).status).toBe(404);
  });

  test('as every PATCH of the API does, but where there is one thing to change only', async () => {
    const { paths } = (await stage.owner.get('/api/docs-json')).body;
    const needs = Object.entries<Record<string, { requestBody: object }>>(paths).flatMap(
      ([path, { patch }]) => {
        const schema = Reflect.get(patch?.requestBody ?? {}, 'content')?.['application/json'].schema;
        return schema?.required ? [[path, schema.required]] : [];
      },
    );
    expect(needs).toEqual([
      ['/api/flows/{id}', ['status']],
      ['/api/people/{id}', ['role']],
    ]);
  });
});
