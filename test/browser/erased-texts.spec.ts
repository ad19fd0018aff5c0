import { expect, test } from '@jest/globals';
import { signInAsOwner } from '../support/api-client.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';
import type { TestServer } from '../support/server.ts';

const PHONE = '+447700900301';

/** They joined, asked in their own words to be left alone, and were erased. */
async function someoneErased(server: TestServer): Promise<void> {
  const owner = await signInAsOwner(server);
  for (const text of ['JOIN', 'yes', 'not interested'])
    await owner.post('/in/simulated/demo', { from: PHONE, to: '12345', text });
  const { body } = await owner.get(`/api/contacts?search=${encodeURIComponent(PHONE)}`);
  expect((await owner.delete(`/api/contacts/${body.items[0].id}`)).status).toBe(204);
}

describeInBrowser('the texts of somebody who was erased', () => {
  const stage = browserStage(someoneErased);

  test('say so, and since when, wherever they stand', async () => {
    const { page, server } = stage;
    const goTo = (path: string) => page.goto(`${server.url}/${path}`);
    const gone = page.getByText(/^Erased with the person on \d+ \w+ \d{4}$/);
    await goTo('messages');
    await gone.first().waitFor();
    expect(await gone.count()).toBeGreaterThan(3);
    await gone.first().click();
    await page
      .getByRole('dialog')
      .getByText(/^Erased with the person on/)
      .waitFor();
    await goTo('inbox?state=decided');
    await page
      .getByRole('log', { name: 'Texts' })
      .getByText(/^Erased with the person on/)
      .first()
      .waitFor();
    for (const path of ['messages', 'inbox?state=decided', 'runs']) {
      await goTo(path);
      await page.getByText('Erased').first().waitFor();
      expect([path, await page.getByText(/Empty text|erased [0-9a-f]{8}/).count()]).toEqual([path, 0]);
    }
    await page.getByText('Erased').first().click();
    await page.getByRole('heading', { name: 'Erased' }).waitFor();
    await gone.first().waitFor();
    await page.getByText('Erased with the person.', { exact: true }).waitFor();
  });
});
