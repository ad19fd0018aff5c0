import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { connect } from '#server/admin/connect.ts';
import { newGatewayKey } from '#server/admin/gateway-key.ts';
import { signInLink } from '#server/admin/sign-in-link.ts';
import { Config, readSettings } from '#server/config.ts';
import { eraseNumber, exportEvidence, stopNumbers, verifyLedgers } from '#server/consent/consent-commands.ts';
import { signInByLink } from '../support/api-client.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { TemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const stage = stageDemo();
const folder = new TemporaryFolder();
let console: INestApplicationContext;

// As `npm run textloom` does it: a program of its own, beside the running server and on its database.
beforeAll(async () => {
  const { secret } = stage.server.app.get(Config);
  const env = { DATABASE_URL: stage.server.database.url, SECRET: secret, LOG_LEVEL: 'silent' };
  console = await connect(readSettings(env));
});
afterAll(() => console.close());

describe('a command beside the running server', () => {
  test('makes a link that signs the owner in', async () => {
    const said = await signInLink(console, stage.server.url, undefined);
    const owner = await signInByLink(stage.server.url, said.split(': ').pop() ?? '');
    expect((await owner.get('/api/session')).body).toMatchObject({ role: 'owner' });
    await expect(signInLink(console, stage.server.url, 'nobody@example.com')).rejects.toThrow(/Nobody here/);
  });

  test('stops whom a file names, proves it, and forgets one of them', async () => {
    const [stopped, forgotten] = [stage.person(), stage.person()];
    for (const phone of [stopped, forgotten]) await stage.says(phone, 'JOIN');
    const file = folder.text('blocked.txt', [stopped, forgotten].join('\n'));
    expect(await stopNumbers(console, [file, '--sender', '12345'])).toBe(
      'Stopped: 2. Had stopped already: 0.',
    );
    const [proof] = JSON.parse(await exportEvidence(console, [stopped]));
    expect(proof.entries.at(-1)).toMatchObject({ to: 'stopped', verified: true });
    expect(await eraseNumber(console, [forgotten])).toMatch(/^Erased/);
    expect(await exportEvidence(console, [forgotten])).not.toContain('JOIN');
    expect(await verifyLedgers(console)).toMatch(/ hold; the words of \d+ entries were erased/);
  });

  test('gives a gateway a new key: texts come by the new one and no more by the old', async () => {
    const [gateway] = await stage.sql<{ id: string }>("select id from gateways where kind = 'simulated'");
    const said = await newGatewayKey(console, stage.server.url, gateway?.id);
    const door = /http\S+/.exec(said)?.[0].replace(/\.$/, '') ?? '';
    const text = (url: string) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: stage.person(), to: '12345', text: 'HELP' }),
      });
    expect((await text(door)).status).toBe(200);
    // A node believes a key for two seconds more.
    await until(async () => (await text(`${stage.server.url}/in/simulated/demo`)).status === 404);
    await expect(newGatewayKey(console, stage.server.url, undefined)).rejects.toThrow(/by its id/);
  });
});
