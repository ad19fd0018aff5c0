import { expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { accessibilityFaults } from '../support/accessible.ts';
import { signInAsOwner } from '../support/api-client.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { publishDraft } from '../support/publish-draft.ts';
import type { TestServer } from '../support/server.ts';
import { publishFlow } from '../support/workspace.ts';

/** More live flows than are offered at once, the one that is wanted the first of them; and people with a tag. */
async function flowsAndPeople(server: TestServer): Promise<void> {
  const { source } = server.database;
  const [workspace]: { id: string }[] = await source.query('select id from workspaces');
  const id = workspace?.id ?? '';
  const definition = lineFlow('ZEBRA', saying('Dear {{contact.name}}, your zebra is here 🦓'));
  const owner = await signInAsOwner(server);
  const { body } = await owner.post('/api/flows', { name: 'ZEBRA', definition });
  expect((await publishDraft(owner, body.id)).status).toBe(204);
  for (let n = 0; n < 30; n++) await publishFlow(source, id, lineFlow(`FLOW${n}`, saying('Hello.')));
  for (const [at, name] of ['Ada', 'Bo'].entries())
    await source.query(
      `insert into contacts (workspace_id, id, phone, tags, fields, created_at) values ($1, $2, $3, '{vip}', $4, now())`,
      [id, newId(Date.now()), `+44790000000${at}`, { name }],
    );
}

describeInBrowser('a campaign', () => {
  const stage = browserStage(flowsAndPeople);

  test('is planned with a flow that is looked for, shows its words, and is edited until it begins', async () => {
    const { page, server } = stage;
    const owner = await signInAsOwner(server);
    const accessible = async (): Promise<void> => {
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    };
    await page.goto(`${server.url}/campaigns`);
    await page.getByRole('button', { name: 'New campaign' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'See what it would do' }).click();
    await dialog.getByText('Give it a name.').waitFor();
    await dialog.getByText('Choose a live flow.').waitFor();
    await dialog.getByLabel('Name').fill('Zebras');
    await dialog.getByRole('combobox', { name: 'Flow' }).fill('zeb');
    await page.getByRole('option', { name: 'ZEBRA' }).click();
    await dialog.getByText('A tag', { exact: true }).click();
    await dialog.getByLabel('Tag', { exact: true }).fill('Not a tag');
    await dialog.getByRole('button', { name: 'See what it would do' }).click();
    await dialog.getByText('Use lower-case letters, digits and dashes.').waitFor();
    // What people have is suggested, with how many they are, and chosen by the keyboard.
    const tag = dialog.getByRole('combobox', { name: 'Tag', exact: true });
    await tag.fill('vi');
    await page.getByRole('option', { name: 'vip 2 people' }).waitFor();
    await tag.press('ArrowDown');
    await tag.press('Enter');
    expect(await tag.inputValue()).toBe('vip');
    await dialog.getByRole('button', { name: 'See what it would do' }).click();

    const phone = page.getByRole('figure', { name: 'Their phone' });
    const read = phone.getByText(/^Dear (Ada|Bo), your zebra is here 🦓$/);
    await read.waitFor();
    const first = await read.textContent();
    await phone.getByText(/^1 part, UCS-2, 3\d of 70 characters$/).waitFor();
    await page.getByRole('button', { name: 'Somebody else' }).click();
    await page.getByText('2 of 2').waitFor();
    expect(await read.textContent()).not.toBe(first);
    await accessible();

    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Name').fill('My zebras');
    // Somebody else saves first.
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const { body: read1 } = await owner.get(`/api/campaigns/${id}`);
    const theirs = await owner.put(`/api/campaigns/${id}`, {
      ...{ name: 'Their zebras', flowId: read1.flow.id, version: 1, audience: read1.audience },
      ...{ schedule: read1.schedule, perMinute: 90, revision: read1.revision },
    });
    expect(theirs.status).toBe(204);
    await dialog.getByText('Somebody else has changed it since you opened it').waitFor();
    await dialog.getByText('600 people a minute → 90 people a minute').waitFor();
    await accessible();
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'My zebras' }).waitFor();

    const definition = lineFlow('ZEBRA', saying('A zebra waits for you.'));
    await owner.put(`/api/flows/${read1.flow.id}/draft`, { definition, revision: 1 });
    expect((await publishDraft(owner, read1.flow.id, 2)).status).toBe(204);
    await page.reload();
    await page.getByText('The flow was published anew').waitFor();
    await page.getByRole('button', { name: 'Use version 2' }).click();
    await phone.getByText('A zebra waits for you.').waitFor();
    await phone.getByText('1 part, GSM-7, 22 of 160 characters').waitFor();

    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByRole('combobox', { name: 'Begins' }).click();
    await page.getByRole('option', { name: 'At a time' }).click();
    await dialog.getByLabel('Date and time').fill('2020-01-01T10:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('That has passed. Choose a time to come.').waitFor();
    await dialog.getByLabel('Date and time').fill('2090-01-01T10:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Schedule' }).click();
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText('Scheduled', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByRole('button', { name: 'Take back and edit' }).click();
    await dialog.getByLabel('Name').fill('Zebras at last');
    expect(await dialog.getByLabel('Date and time').inputValue()).toBe('2090-01-01T10:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Zebras at last' }).waitFor();
    await page.getByText('Draft', { exact: true }).waitFor();
  }, 180_000);

  test('for the numbers of a file gives them up for those of another', async () => {
    const { page, server } = stage;
    const dialog = page.getByRole('dialog');
    const choose = (...numbers: string[]) =>
      page.locator('input[type=file]').setInputFiles({
        name: 'people.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['Name,Mobile', ...numbers.map((number) => `Cy,${number}`)].join('\n')),
      });
    const people = page.getByRole('region', { name: 'What it would do' }).getByText('People').locator('..');
    await page.goto(`${server.url}/campaigns`);
    await page.getByRole('button', { name: 'New campaign' }).first().click();
    await dialog.getByLabel('Name').fill('By file');
    await dialog.getByRole('combobox', { name: 'Flow' }).fill('zebra');
    await page.getByRole('option', { name: 'ZEBRA' }).click();
    await dialog.getByText('A file', { exact: true }).click();
    await choose('+447900000011', '+447900000012', 'none');
    await dialog.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByText('1 row was no phone number and left out: “none”.').waitFor();
    await people.getByText('2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByText('2 numbers are in it. Another file takes their place.').waitFor();
    await choose('+447900000013');
    await dialog.getByText('1 row in the place of the 2 numbers in it').waitFor();
    // The way breaks off between the draft and its numbers; who tries again is not told that somebody else was there.
    await page.route('**/people', (route) => route.abort());
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('That did not work').waitFor();
    await dialog.getByText('1 row', { exact: false }).waitFor();
    expect(await dialog.getByText('Somebody else has changed it').count()).toBe(0);
    await page.unroute('**/people');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await people.getByText('1', { exact: true }).waitFor();
    // Begun by hand, it says afterwards when that was.
    await page.getByText('When you begin it').waitFor();
    await page.getByRole('button', { name: 'Begin now' }).click();
    await dialog.getByRole('button', { name: /^Begin/ }).click();
    await page.getByText('Ended', { exact: true }).waitFor();
    await page.getByText('Began', { exact: true }).waitFor();
    expect(await page.getByText('When you begin it').count()).toBe(0);
  }, 60_000);
});
