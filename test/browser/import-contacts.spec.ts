import { expect, test } from '@jest/globals';
import { accessibilityFaults } from '../support/accessible.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';

const FILE = `Name,Mobile,City,Tags
Ada,+447700942001,Leeds,"summer, vip"
Bo,07700 942002,York,summer
Cy,none,Hull,
Dee,+447700942003,York,so_many
`;

describeInBrowser('importing contacts', () => {
  const stage = browserStage();

  test('reads a file, asks for the evidence, shows what would happen, and does it', async () => {
    const { page, server } = stage;
    const accessible = async (): Promise<void> => {
      expect(await accessibilityFaults(page)).toEqual([]);
    };
    await page.goto(`${server.url}/contacts`);
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog');
    await page.locator('input[type=file]').setInputFiles({
      name: 'summer.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(FILE),
    });
    await dialog.getByText('4 rows. Next you see what would happen.').waitFor();
    expect(await dialog.getByLabel('Mobile is').inputValue()).toBe('phone');
    await dialog.getByRole('switch', { name: 'These people agreed to a list' }).check();
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.getByText('Choose a list.').waitFor();
    await dialog.getByRole('combobox', { name: 'List' }).click();
    await page.locator('[role=option]:visible').first().click();
    await dialog.getByLabel('The words they agreed to').fill('Yes, text me offers from Textloom.');
    await dialog.getByLabel('When').fill('2026-01-31');
    await dialog.getByLabel('Where').fill('Form at the till, Leeds');
    await accessible();
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.getByText('2 rows will be left out').waitFor();
    await accessible();
    await dialog.getByRole('button', { name: 'Import 2 contacts' }).click();
    await page.getByRole('dialog', { name: 'Contacts imported' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download these rows' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('left-out.csv');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('Ada').first().waitFor();
  }, 180_000);
});
