import { expect, test } from '@jest/globals';
import { PeopleRepository } from '#server/accounts/people.repository.ts';
import { LINK_LASTS, SignInLinks } from '#server/accounts/sign-in-links.service.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';

describeInBrowser('somebody who is here for the first time', () => {
  const stage = browserStage(async ({ url }) => {
    await fetch(`${url}/in/simulated/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: '+447700900202', to: '12345', text: 'OFFER' }),
    });
  });

  test('how long ago something was is right at once, however long nothing on the page asked for the time', async () => {
    const context = await stage.newContext();
    try {
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(`${stage.server.url}/settings/lists`);
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
      await page.clock.fastForward('02:10:00');
      await page.getByRole('link', { name: 'Messages' }).click();
      await page.locator('tbody time:visible').first().waitFor();
      expect(await page.locator('tbody time:visible').first().innerText()).toBe('2 h ago');
    } finally {
      await context.close();
    }
  }, 60_000);

  test('somebody’s page calls the version of a test that they see what its results call it', async () => {
    const { page, server } = stage;
    await page.goto(`${server.url}/contacts`);
    await page.getByRole('link', { name: '+44 7700 900202' }).click();
    const flows = page.getByRole('region', { name: 'Flows' });
    await flows.getByRole('link', { name: 'Which offer?' }).waitFor();
    await flows.getByText(/sees “(50OFF|2FOR1)” since/).waitFor();
  }, 60_000);

  test('whoever asks for the search before it is there has it as soon as it is', async () => {
    const context = await stage.newContext();
    try {
      const page = await context.newPage();
      let asked = () => {};
      const early = new Promise<void>((done) => {
        asked = done;
      });
      await page.route(/\/assets\/search-[^/]*\.js$/, async (route) => {
        await early;
        await route.continue();
      });
      await page.goto(`${stage.server.url}/flows`);
      await page.getByRole('link', { name: 'Offer test' }).waitFor();
      await page.keyboard.press('Control+k');
      asked();
      await page.getByRole('dialog', { name: 'Search everything' }).waitFor();
    } finally {
      await context.close();
    }
  }, 60_000);

  test('a sign-in link is used where it is put into the address of the page that asks for it', async () => {
    const { server } = stage;
    const owner = await server.app.get(PeopleRepository).firstOwner();
    if (!owner) throw new Error('There is no owner.');
    const { path } = await server.app.get(SignInLinks).issue(owner, LINK_LASTS.handed);
    const context = await stage.newContext({ storageState: undefined });
    try {
      const page = await context.newPage();
      await page.goto(server.url);
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.goto(`${server.url}/sign-in#spent`);
      await page.getByRole('button', { name: 'Sign in with a password instead' }).waitFor();
      await page.goto(server.url + path);
      await page.waitForURL(`${server.url}/flows`);
    } finally {
      await context.close();
    }
  }, 60_000);

  test('whoever publishes before there is a sender reads that nobody can text it yet', async () => {
    const context = await stage.newContext();
    try {
      const page = await context.newPage();
      await page.route('**/api/senders', async (route) => await route.fulfill({ json: [] }));
      await page.goto(`${stage.server.url}/flows?new=true`);
      await page.getByRole('dialog').getByRole('button', { name: 'Create flow' }).click();
      await page.getByText(/every conversation explored/).waitFor();
      await page.getByRole('button', { name: 'Publish version 1' }).click();
      await page
        .getByRole('dialog')
        .getByText(/There is no number yet .* people who text JOIN2 get this flow\./)
        .waitFor();
    } finally {
      await context.close();
    }
  }, 60_000);

  test('a field that was refused is in sight, and not under the title of its dialog', async () => {
    const context = await stage.newContext({ viewport: { width: 1440, height: 900 } });
    try {
      const page = await context.newPage();
      await page.goto(`${stage.server.url}/contests`);
      await page.getByRole('button', { name: 'New contest' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Winter draw');
      await dialog.getByLabel('Closes').fill('2020-01-31T12:00');
      await dialog.getByRole('button', { name: 'Add contest' }).click();
      await dialog.getByText('That time is over. Choose one to come.').waitFor();
      await dialog.getByLabel('Closes').fill('');
      const rules = dialog.getByRole('textbox', { name: 'Rules' });
      await rules.fill('not a link');
      await dialog.getByRole('button', { name: 'Add contest' }).click();
      await dialog.getByText('Write a web address starting with https://').waitFor();
      const [title, field] = [await dialog.getByText('New contest').boundingBox(), await rules.boundingBox()];
      expect(field?.y).toBeGreaterThan((title?.y ?? 0) + (title?.height ?? 0));
    } finally {
      await context.close();
    }
  }, 60_000);

  test('a phone shows which settings are open, and where people in flows are found', async () => {
    const context = await stage.newContext({ viewport: { width: 390, height: 844 } });
    try {
      const page = await context.newPage();
      await page.goto(`${stage.server.url}/settings/people`);
      await page.getByRole('heading', { name: 'People' }).waitFor();
      const tabs = page.getByRole('navigation', { name: 'Settings' });
      const [row, open] = [await tabs.boundingBox(), await tabs.getByText('People').boundingBox()];
      expect((open?.x ?? 0) + (open?.width ?? 0)).toBeLessThanOrEqual((row?.x ?? 0) + (row?.width ?? 0) + 1);
      await page.goto(`${stage.server.url}/runs`);
      await page.getByRole('heading', { name: 'People in flows' }).waitFor();
      const places = page.getByRole('navigation', { name: 'Main' });
      expect(await places.locator('[data-status="active"]').innerText()).toBe('Flows');
    } finally {
      await context.close();
    }
  }, 60_000);

  test('an address with something hung on to it is the page it was', async () => {
    const { page, server } = stage;
    await page.goto(`${server.url}/messages?utm_source=news&search=OFFER`);
    await page.locator('tbody tr').first().waitFor();
    expect(page.url()).toBe(`${server.url}/messages?search=OFFER`);
  }, 60_000);
});
