import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { printPo, readPo } from '#flows/translations/po.ts';
import { signInAsOwner } from '../support/api-client.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';

const FLOW = {
  schemaVersion: 1,
  name: 'Tea time',
  languages: ['en', 'fr'],
  triggers: [{ kind: 'keyword', words: ['TEA'] }],
  nodes: [
    {
      id: 'ask',
      kind: 'question',
      config: { text: 'Tea?', answers: [{ id: 'yes', words: ['YES'] }], timeout: '24h' },
    },
    { id: 'end', kind: 'end', config: {} },
  ],
  edges: [{ from: 'ask', port: 'yes', to: 'end' }],
  start: 'ask',
};

describeInBrowser('translations', () => {
  const stage = browserStage();

  test('go out to a translator as a file and come back with it', async () => {
    const { page, server } = stage;
    const owner = await signInAsOwner(server);
    const { body } = await owner.post('/api/flows', { name: 'Tea time', definition: FLOW });
    await page.goto(`${server.url}/flows/${body.id}`);
    await page.getByText('When somebody texts').first().click();
    const panel = page.getByRole('region', { name: 'Translations' });
    await panel.getByText('French: 0 of 2 translated').waitFor();

    const downloading = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'For the translator' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('tea-time-fr.po');
    const file = readPo(await readFile(await download.path(), 'utf8'));
    if ('problem' in file) throw new Error(file.problem);
    const translated = file.entries.map((entry) => ({ ...entry, translation: `FR ${entry.source}` }));

    const choosing = page.waitForEvent('filechooser');
    await panel.getByRole('button', { name: 'Import French' }).click();
    await (await choosing).setFiles({
      name: 'fr.po',
      mimeType: 'text/plain',
      buffer: Buffer.from(printPo({ ...file, entries: translated })),
    });
    await panel.getByText('French: 2 of 2 translated').waitFor();
    await page.getByText('2 translations into French taken over.').waitFor();
    if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });

    await page.locator('.react-flow__node[data-id="ask"] header').click();
    expect(await page.getByRole('textbox', { name: 'French', exact: true }).inputValue()).toBe('FR Tea?');
  }, 180_000);
});
