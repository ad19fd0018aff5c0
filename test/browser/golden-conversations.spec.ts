import { expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';

describeInBrowser('conversations that say how a flow is meant to go', () => {
  const stage = browserStage();

  test('are written, read differently after an edit, are accepted, and go into the version with its reasons', async () => {
    const { page, server } = stage;
    const id = await page.evaluate(async () => {
      const definition = {
        schemaVersion: 1,
        name: 'Opening hours',
        triggers: [{ kind: 'keyword', words: ['HOURS'] }],
        nodes: [
          { id: 'hours', kind: 'message', title: 'Hours', config: { text: 'We are open 9 to 5.' } },
          { id: 'lost', kind: 'message', title: 'Lost', config: { text: 'Nobody reads me.' } },
          { id: 'done', kind: 'end', config: {} },
        ],
        edges: [
          { from: 'hours', port: 'next', to: 'done' },
          { from: 'lost', port: 'next', to: 'done' },
        ],
        start: 'hours',
        layout: { hours: { x: 0, y: 0 }, lost: { x: 0, y: 320 }, done: { x: 400, y: 0 } },
      };
      const response = await fetch('/api/flows', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: definition.name, definition }),
      });
      const made: { id: string } = await response.json();
      return made.id;
    });
    await page.goto(`${server.url}/flows/${id}`);
    await page.getByRole('button', { name: 'Conversations', exact: true }).click();
    await page.getByRole('button', { name: 'Generate conversations' }).click();
    await page.getByRole('button', { name: '1 conversation, all as saved' }).waitFor();
    const talk = page.getByRole('article', { name: 'All the way' });
    await talk.getByText('We are open 9 to 5.').waitFor();

    await page.getByRole('switch', { name: 'Show coverage on the canvas' }).check();
    await page.getByTitle('1 saved conversation along this line').waitFor();
    await page.getByTitle('No conversation can come along this line').waitFor();

    await page.locator('.react-flow__node[data-id="hours"] header').click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('We are open 9 to 6.');
    await page.getByRole('button', { name: '1 of 1 conversation reads differently' }).waitFor();
    await talk.getByText('Not any more').waitFor();
    await talk.getByText('We are open 9 to 6.').waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByText(/every conversation explored/).waitFor();

    await page.getByRole('button', { name: 'Publish version 1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 saved conversation reads differently').waitFor();
    await dialog.getByRole('button', { name: 'Look at the differences' }).click();
    await page.getByRole('button', { name: 'This is right now' }).click();
    await page.getByRole('button', { name: '1 conversation, all as saved' }).waitFor();

    await page.getByRole('button', { name: 'Publish version 1' }).click();
    const confirm = dialog.getByRole('button', { name: 'Publish version 1' });
    expect(await confirm.isDisabled()).toBe(true);
    const reasons = dialog.getByPlaceholder('Why this is right');
    await reasons.first().waitFor();
    for (const reason of await reasons.all()) await reason.fill('The shop is small.');
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Versions' }).click();
    await dialog.getByText(/Published in spite of/).click();
    await dialog.getByText('Why: The shop is small.').first().waitFor();
    await dialog.getByText('What was proved').click();
    await dialog.getByText(/Every conversation was explored/).waitFor();
  }, 180_000);
});
