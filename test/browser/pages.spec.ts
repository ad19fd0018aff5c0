import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openBrowser } from '../support/browser.ts';
import { signedInPage } from '../support/canvas.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const PAGES = [
  'flows',
  'live',
  'results',
  'messages',
  'inbox',
  'campaigns',
  'contests',
  'contests/prize-draw',
  'contacts',
  'settings/senders',
  'settings/keywords',
  'settings/people',
  'settings/api-keys',
];

async function faults(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describeInBrowser('every page', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startTestServer({}, { DEMO: 'on' });
    for (const [from, text] of [
      ['+447700900201', 'JOIN'],
      ['+447700900201', 'yes'],
      ['+447700900202', 'OFFER'],
      ['+447700900203', 'مرحبا 🎉'],
      ['no number', 'hello'],
    ]) {
      await fetch(`${server.url}/in/simulated/demo`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from, to: '12345', text }),
      });
    }
    browser = await openBrowser();
    page = await signedInPage(browser, server);
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test.each(PAGES)(
    '%s is free of errors and accessible, light and dark',
    async (path) => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(`${server.url}/${path}`);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle');
      expect(await faults(new AxeBuilder({ page }))).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      // Only colours change with the scheme.
      expect(await faults(new AxeBuilder({ page }).withRules(['color-contrast']))).toEqual([]);
      expect(errors).toEqual([]);
    },
    30_000,
  );

  test('the editor is free of errors and accessible', async () => {
    await page.goto(`${server.url}/flows`);
    await page.getByText('Double opt-in').first().click();
    await page.locator('.react-flow__node').nth(3).waitFor();
    expect(await faults(new AxeBuilder({ page }))).toEqual([]);
    expect(errors).toEqual([]);
  }, 30_000);

  test('a text says why it did what it did', async () => {
    await page.goto(`${server.url}/messages`);
    await page.getByRole('row', { name: /yes/ }).first().click();
    await page.getByText('Why did this text do that?').first().waitFor();
    expect(errors).toEqual([]);
  }, 30_000);
});
