import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { acceptedSchema } from '#shared/api/inbound.ts';
import { accessibilityFaults } from '../support/accessible.ts';
import { signInAsOwner } from '../support/api-client.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { publishDraft } from '../support/publish-draft.ts';

const WEATHER = [
  { id: 'sun', label: 'Sunny side', weight: 1 },
  { id: 'rain', label: 'Rainy side', weight: 1 },
];

describeInBrowser('vouchers', () => {
  const stage = browserStage();

  /** Looks at the page, or the dialog that is open, in both schemes. */
  async function accessible(): Promise<void> {
    const { page } = stage;
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  }

  async function text(from: string, words: string): Promise<string[]> {
    const response = await fetch(`${stage.server.url}/in/simulated/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from, to: '12345', text: words }),
    });
    return acceptedSchema.parse(await response.json()).replies.map((reply) => reply.text);
  }

  test('are loaded, given by text, redeemed and handed over as a file', async () => {
    const { page, server } = stage;
    const dialog = page.getByRole('dialog');
    await page.goto(`${server.url}/flows`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Vouchers' }).click();
    await page.getByRole('button', { name: 'New pool' }).click();
    await dialog.getByRole('button', { name: 'Add pool' }).click();
    await dialog.getByText('Give the pool a name.').waitFor();
    await dialog.getByLabel('Name').fill('Spring deal 🌷');
    await dialog.getByLabel('Last day').fill('2020-01-31');
    await dialog.getByRole('button', { name: 'Add pool' }).click();
    await dialog.getByText('That day is over. Choose one to come.').waitFor();
    await dialog.getByLabel('Last day').fill('2090-01-31');
    await dialog.getByLabel('Key').fill('welcome-deal');
    await dialog.getByRole('button', { name: 'Add pool' }).click();
    await dialog.getByText('There is a pool with the key “welcome-deal” already.').waitFor();
    await accessible();
    await dialog.getByLabel('Key').fill('');
    await dialog.getByRole('button', { name: 'Add pool' }).click();
    await page.waitForURL('**/vouchers/spring-deal');
    await page.getByRole('heading', { name: 'Spring deal 🌷' }).waitFor();

    await page.getByRole('button', { name: 'Load codes' }).first().click();
    await dialog.getByRole('textbox', { name: 'Codes' }).fill('TULIP-1\nTULIP-2\nTULIP-1');
    await dialog.getByRole('button', { name: /^Load/ }).click();
    await dialog
      .getByText(/line 3/i)
      .first()
      .waitFor();
    await accessible();
    await dialog.getByRole('textbox', { name: 'Codes' }).fill('TULIP-1\nTULIP-2');
    await dialog.getByRole('button', { name: /^Load/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /TULIP-2 Available/ }).waitFor();

    // Whoever does not wait for the answer is told nevertheless.
    let answer: () => void = () => undefined;
    const isLeft = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/vouchers/spring-deal/codes', async (route) => {
      if (route.request().method() === 'POST') await isLeft;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Load codes' }).first().click();
    await dialog.getByRole('textbox', { name: 'Codes' }).fill('TULIP-1');
    await dialog.getByRole('button', { name: /^Load/ }).click();
    await dialog.getByText('1 line handed over…').waitFor();
    await dialog.getByText('You can close this: it goes on').waitFor();
    await dialog.getByText('Close', { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    answer();
    await page.getByText(/line 1/i).waitFor();
    await page.unrouteAll();

    const owner = await signInAsOwner(server);
    const line = lineFlow(
      'TULIP',
      ['split', { experiment: 'weather', arms: WEATHER }, 'sun'],
      ['voucher', { pool: 'spring-deal', saveAs: 'voucher' }, 'given'],
      saying('Your code: {{answers.voucher}}'),
    );
    const [split, step, next] = line.nodes.map(({ id }) => id);
    const edges = [
      { from: split, port: 'rain', to: step },
      { from: step, port: 'had', to: next },
      { from: step, port: 'none-left', to: 'done' },
    ];
    const definition = { ...line, edges: [...line.edges, ...edges] };
    const { body } = await owner.post('/api/flows', { name: 'Tulips', definition });
    expect((await publishDraft(owner, body.id)).body).toBeUndefined();
    const [reply] = await text('+447700900231', 'TULIP');
    const code = /^Your code: (TULIP-[12])$/.exec(reply ?? '')?.[1] ?? 'none';
    const row = page.getByRole('row', { name: new RegExp(`^${code} `) });
    await row.filter({ hasText: 'Sent' }).filter({ hasText: '+44 7700 900231' }).waitFor();
    await page
      .getByRole('region', { name: 'Results' })
      .getByRole('row', { name: /Tulips Version 1 (Sunny|Rainy) side/ })
      .waitFor();

    await page.getByRole('button', { name: 'Redeem a code' }).click();
    await dialog.getByLabel('Code').fill('TULIP-9');
    await dialog.getByRole('button', { name: /^Redeem/ }).click();
    await dialog.getByText('There is no such code in this pool.').waitFor();
    await accessible();
    await dialog.getByLabel('Code').fill(code);
    await dialog.getByRole('button', { name: /^Redeem/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await row.filter({ hasText: 'Redeemed' }).waitFor();
    await accessible();

    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const file = await readFile(await (await coming).path(), 'utf8');
    expect(file).toMatch(new RegExp(`^${code},redeemed,.*447700900231`, 'm'));

    await row.getByRole('link').first().click();
    await page.getByRole('heading', { name: '+44 7700 900231' }).waitFor();
  }, 120_000);

  test('show how far their loading is, are called back, and every wrong line is handed over', async () => {
    const { page, server } = stage;
    const dialog = page.getByRole('dialog');
    const owner = await signInAsOwner(server);
    await owner.post('/api/vouchers', { key: 'winter', name: 'Winter' });
    await page.goto(`${server.url}/vouchers/winter`);
    await page.getByRole('button', { name: 'Load codes' }).click();
    const lines = Array.from({ length: 80 }, (_, n) => `FROST-${n % 10}`);
    await dialog.getByRole('textbox', { name: 'Codes' }).fill(lines.join('\n'));
    await dialog.getByRole('button', { name: 'Load codes' }).click();
    await dialog.getByText('70 of 80 lines cannot be taken').waitFor();
    const coming = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download all wrong lines' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('winter-wrong-lines.csv');
    const file = await readFile(await download.path(), 'utf8');
    expect(file.split('\r\n')).toHaveLength(72);
    expect(file).toContain('80,FROST-9,in an earlier line already');
    await accessible();

    await dialog.getByText('Make new ones').click();
    await dialog.getByLabel('How many').fill('300000');
    await dialog.getByRole('button', { name: 'Make codes' }).click();
    await dialog.getByText(/^\d+,\d{3} of 300,000 codes made\.$/).waitFor();
    await accessible();
    await dialog.getByRole('button', { name: 'Stop, add none' }).click();
    await dialog.getByText('Stopped: none of these codes came into the pool.').waitFor();
    await dialog.getByRole('button', { name: 'Make codes' }).click();
    await dialog.getByRole('button', { name: 'Stop, add none' }).waitFor();
    await dialog.getByText('Close', { exact: true }).click();
    const card = page.getByRole('region', { name: 'Codes on their way' });
    await card.getByText(/of 300,000 codes made/).waitFor();
    await accessible();
    await card.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByRole('button', { name: 'Stop, add none' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByText('Stopped: none of these codes came into the pool.').waitFor();
    await page.getByRole('heading', { name: 'No codes yet' }).first().waitFor();
    expect((await owner.get('/api/vouchers/winter')).body.total).toBe(0);
  }, 120_000);

  test('are listed with their stock, changed, closed, opened again, and removed while nobody has one', async () => {
    const { page, server } = stage;
    const dialog = page.getByRole('dialog');
    const owner = await signInAsOwner(server);
    for (let n = 1; n <= 30; n++)
      expect((await owner.post('/api/vouchers', { key: `autumn-${n}`, name: `Autumn ${n}` })).status).toBe(
        204,
      );
    await owner.post('/api/vouchers/autumn-7/codes', { text: 'LEAF-1\nLEAF-2\nLEAF-3' });
    await page.goto(`${server.url}/vouchers`);
    await page.getByRole('row', { name: 'Autumn 30' }).waitFor();
    await accessible();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByRole('link', { name: 'Autumn 1', exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Search pools' }).fill('umn-7');
    const row = page.getByRole('row', { name: /Autumn 7/ });
    await row.getByText('3 of 3').waitFor();
    await row.getByText('None given yet').waitFor();
    await row.getByRole('link').click();

    await page.getByRole('button', { name: 'Change' }).click();
    await dialog.getByLabel('Name').fill('Autumn leaves');
    await dialog.getByLabel('Last day').fill('2090-11-30');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Autumn leaves' }).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await dialog.getByRole('button', { name: 'Close pool' }).click();
    await page.getByText('Closed', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Vouchers' }).first().click();
    await page.getByRole('radiogroup', { name: 'State' }).getByText('Closed').click();
    await page
      .getByRole('row', { name: /Autumn leaves autumn-7 Closed 3 of 3 .* Gives none 30 Nov 2090/ })
      .click();
    await page.getByRole('button', { name: 'Open again' }).click();
    await dialog.getByRole('button', { name: 'Open pool' }).click();
    await page.getByText('Open', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.getByRole('button', { name: 'Remove pool' }).click();
    await page.waitForURL(/\/vouchers$/);
    expect((await owner.get('/api/vouchers?search=autumn-7')).body.total).toBe(0);
  }, 120_000);

  test('are found by their step however many there are, and run out on its phone when the author says so', async () => {
    const { page, server } = stage;
    const owner = await signInAsOwner(server);
    await owner.post('/api/vouchers', { key: 'summer', name: 'Summer sale' });
    await owner.post('/api/vouchers', { key: 'newest', name: 'Newest' });
    // As if nobody were told at first of more than the newest pool.
    await page.route(/\/api\/vouchers\?size=100$/, (route) =>
      route.continue({ url: `${server.url}/api/vouchers?size=1` }),
    );
    const { body } = await owner.post('/api/flows', { name: 'Deal', template: 'voucher' });
    await page.goto(`${server.url}/flows/${body.id}`);
    const phone = page.getByRole('region', { name: 'Phone' });
    const message = phone.getByRole('textbox', { name: 'Text message' });
    await message.fill('DEAL');
    await message.press('Enter');
    await phone.getByText(/here is your code for 20% off: SAMPLE-CODE/).waitFor();
    await phone.getByRole('button', { name: 'Show the person and what the flow knows' }).click();
    await phone.getByRole('checkbox', { name: 'the voucher pool “welcome-deal” has no code left' }).check();
    await phone.getByRole('button', { name: 'Show the chat' }).click();
    await phone.getByText(/all codes are gone/).waitFor();

    const card = page.locator('.react-flow__node').filter({ hasText: 'Gives a code of' });
    await card.getByText('Welcome deal').click();
    const pool = page.getByRole('combobox', { name: 'Pool of vouchers' });
    expect(await pool.inputValue()).toBe('Welcome deal');
    await pool.fill('summer');
    await page.getByRole('option', { name: 'Summer sale' }).click();
    await card.getByText('Summer sale').waitFor();
    await page.unrouteAll();
  }, 60_000);
});
