import { beforeAll, expect, test } from '@jest/globals';
import { accessibilityFaults } from '../support/accessible.ts';
import { signInAsOwner } from '../support/api-client.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';
import type { TestServer } from '../support/server.ts';

const PAGES = [
  'flows',
  'live',
  'results',
  'results/offer',
  'messages',
  'inbox',
  'campaigns',
  'contests',
  'contests/prize-draw',
  'vouchers',
  'vouchers/welcome-deal',
  'contacts',
  'runs',
  'settings/senders',
  'settings/keywords',
  'settings/lists',
  'settings/people',
  'settings/api-keys',
];

async function someTexts(server: TestServer): Promise<void> {
  for (const [from, text] of [
    ['+447700900201', 'JOIN'],
    ['+447700900201', 'yes'],
    ['+447700900202', 'OFFER'],
    ['+447700900204', 'RATE'],
    ['+447700900204', '9'],
    ['+447700900206', 'WIN'],
    ['+447700900206', 'YES'],
    ['+447700900208', 'DEAL'],
    ['+447700900203', 'مرحبا 🎉'],
    ['no number', 'hello'],
  ] as const) {
    await says(server, from, text);
  }
}

async function says({ url }: TestServer, from: string, text: string): Promise<void> {
  await fetch(`${url}/in/simulated/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, to: '12345', text }),
  });
}

describeInBrowser('every page', () => {
  const errors: string[] = [];
  const stage = browserStage(someTexts);

  beforeAll(() => {
    stage.page.on('pageerror', (error) => errors.push(String(error)));
    stage.page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  });

  test.each(PAGES)(
    '%s is free of errors and accessible, light and dark',
    async (path) => {
      const { page, server } = stage;
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(`${server.url}/${path}`);
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      // Only colours change with the scheme.
      expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
      expect(errors).toEqual([]);
    },
    60_000,
  );

  test('the editor is free of errors and accessible', async () => {
    const { page, server } = stage;
    await page.goto(`${server.url}/flows`);
    await page.getByText('Double opt-in').first().click();
    await page.locator('.react-flow__node').nth(3).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
  }, 60_000);

  test('whoever folds the phone and unfolds it again with the keyboard writes on', async () => {
    const { page } = stage;
    await page.getByRole('button', { name: 'Fold the phone' }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Text message' }).waitFor();
    await page.keyboard.type('JOIN');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Phone' }).getByText('JOIN', { exact: true }).waitFor();
  }, 60_000);

  test('a score and the plan of a test are free of errors and accessible', async () => {
    const { page, server } = stage;
    await page.goto(`${server.url}/results`);
    await page.getByRole('link', { name: 'Score' }).click();
    await page.getByText(/The score is/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${server.url}/results/offer`);
    await page.getByText(/To tell .* people have to meet the test/).waitFor();
    await page.getByLabel('Difference worth knowing').fill('5');
    await page.getByText(/To tell 15.0/).waitFor();
    expect(errors).toEqual([]);
  }, 60_000);

  test('a text says why it did what it did', async () => {
    const { page, server } = stage;
    await page.goto(`${server.url}/messages`);
    await page.getByRole('row', { name: /yes/ }).first().click();
    await page.getByText('Why did this text do that?').first().waitFor();
    expect(errors).toEqual([]);
  }, 60_000);

  test.each([
    ['contests', 'New contest'],
    ['contacts', 'Import'],
    ['campaigns', 'New campaign'],
  ])('%s: Escape gives the keyboard back to “%s”', async (path, opens) => {
    const { page, server } = stage;
    await page.goto(`${server.url}/${path}`);
    const button = page.getByRole('button', { name: opens, exact: true }).first();
    await button.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement !== document.body);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('a list offers nothing that goes or moves as soon as it is known that it is empty', async () => {
    const { page, server } = stage;
    let answer: () => void = () => undefined;
    const isSeen = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/campaigns?*', async (route) => {
      await isSeen;
      await route.continue();
    });
    const add = page.getByRole('button', { name: 'New campaign' });
    const search = page.getByRole('searchbox', { name: 'Search campaigns and flows' });
    await page.goto(`${server.url}/campaigns`);
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    expect([await add.count(), await search.count()]).toEqual([0, 0]);
    answer();
    await page.getByText('No campaign yet').waitFor();
    expect([await add.count(), await search.count()]).toEqual([1, 0]);
    await page.unrouteAll();
  }, 60_000);

  test('the palette is folded where there is no room for it, whatever is remembered', async () => {
    const { page, server } = stage;
    const [flow] = (await (await signInAsOwner(server)).get('/api/flows?search=offer')).body.items;
    await page.goto(`${server.url}/flows/${flow.id}`);
    await page.getByRole('button', { name: 'Fold the palette' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Unfold the palette' }).click();
    await page.getByRole('textbox', { name: 'Search steps' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Unfold the palette' }).waitFor();
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.getByRole('button', { name: 'Fold the palette' }).waitFor();
  }, 60_000);

  test('a conversation shows what the person texted, and calls its A/B test what the flow calls it', async () => {
    const { page, server } = stage;
    await page.goto(`${server.url}/runs`);
    await page.getByRole('row', { name: /900202/ }).click();
    const main = page.getByRole('main');
    await main.getByText('OFFER', { exact: true }).first().waitFor();
    await main.getByText('Which offer?', { exact: true }).waitFor();
    await main.getByRole('link', { name: /^(50OFF|2FOR1)$/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await main.getByRole('link', { name: 'Why it did that' }).click();
    await page
      .getByRole('dialog')
      .getByText(/OFFER is a keyword of “Offer test” on 12345/)
      .waitFor();
    expect(errors).toEqual([]);
  }, 60_000);

  test('somebody’s page follows what they text, and saving takes nothing away that a flow asked for meanwhile', async () => {
    const { page, server } = stage;
    const person = '+447700900205';
    await says(server, person, 'CLUB');
    await page.goto(`${server.url}/contacts`);
    await page.getByRole('link', { name: '+44 7700 900205' }).click();
    await page.getByRole('log').getByText("What's your first name?").waitFor();
    await page.getByRole('textbox', { name: 'Language' }).fill('en');
    await says(server, person, 'Ada');
    await page
      .getByRole('log')
      .getByText(/Thanks, Ada!/)
      .waitFor();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await page.locator('[data-connection="open"]').waitFor();
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByRole('row', { name: /Thanks, Ada!/ }).waitFor();
    await says(server, person, 'one more thing');
    await page.getByRole('button', { name: 'Show newer texts' }).click();
    await page.getByRole('row', { name: /one more thing/ }).waitFor();
    expect(errors).toEqual([]);
  }, 60_000);

  test('the live page begins with the texts there were, and none is missing that came before its connection', async () => {
    const { page, server } = stage;
    let connect = () => {};
    const connected = new Promise<void>((done) => {
      connect = done;
    });
    await page.routeWebSocket(/socket\.io/, async (socket) => {
      await connected;
      socket.connectToServer();
    });
    await page.goto(`${server.url}/live`);
    const texts = page.getByRole('list', { name: 'Texts, newest first' });
    await texts.getByText('مرحبا 🎉').waitFor();
    await says(server, '+447700900207', 'before you hear me');
    connect();
    await texts.getByText('before you hear me').waitFor();
    await says(server, '+447700900207', 'now you hear me');
    await texts.getByText('now you hear me').waitFor();
    expect((await texts.getByText(/hear me/).allInnerTexts()).toReversed()).toEqual([
      'before you hear me',
      'now you hear me',
    ]);
    await page.unrouteAll();
    expect(errors).toEqual([]);
  }, 60_000);

  test.each([
    ['flows', 'Double opt-in'],
    ['messages', 'مرحبا 🎉'],
    ['results', 'Which offer?'],
    ['contests/prize-draw', '+44 7700 900206'],
    ['vouchers', 'welcome-deal'],
    ['vouchers/welcome-deal', 'DEAL-'],
  ])(
    '%s is no wider than a phone',
    async (path, shown) => {
      const { page, server } = stage;
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`${server.url}/${path}`);
      await page.getByRole('row', { name: shown }).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    },
    60_000,
  );

  test('an address that was cut off says that nothing is there, and leads to its list', async () => {
    const { page, server } = stage;
    await page.goto(`${server.url}/contacts/01980000`);
    await page.getByRole('heading', { name: 'There is no such contact' }).waitFor();
    expect(await page.title()).toBe('There is no such contact · Textloom');
    await page.getByRole('main').getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  }, 60_000);
});
