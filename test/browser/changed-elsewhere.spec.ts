import { expect, test } from '@jest/globals';
import { type ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';
import { until } from '../support/until.ts';

describeInBrowser('an empty canvas', () => {
  const stage = browserStage();

  /** Saves the draft under another name, as another device of whoever is signed in there does. */
  const saveElsewhere = async (who: ApiClient, id: string, name: string) => {
    const { definition, revision } = (await who.get(`/api/flows/${id}`)).body;
    const saved = await who.put(`/api/flows/${id}/draft`, { definition: { ...definition, name }, revision });
    expect(saved.status).toBe(200);
  };

  test('starts from a template with a word that is free, and says who changes it elsewhere', async () => {
    const { page, server } = stage;
    const owner = await signInAsOwner(server);
    const { id } = (await owner.post('/api/flows', { name: 'Second club' })).body;
    await page.goto(`${server.url}/flows/${id}`);
    await page.getByRole('button', { name: 'Start from a template' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start from a template' });
    await dialog.getByText('Double opt-in', { exact: true }).click();
    const keyword = dialog.getByRole('textbox', { name: 'Keyword' });
    await dialog.getByText(/JOIN is already used by “.+\. JOIN2 is free\./).waitFor();
    expect(await keyword.inputValue()).toBe('JOIN2');
    const start = dialog.getByRole('button', { name: 'Start from this' });
    await keyword.fill('join');
    await start.click();
    await dialog.getByText(/JOIN is already used by “.+ Choose another word/).waitFor();
    await dialog.getByRole('button', { name: 'Take JOIN2' }).click();
    await start.click();
    // The dialog stays until the drawing is there.
    await dialog.waitFor({ state: 'detached' });
    expect(await page.locator('.react-flow__node').count()).toBeGreaterThan(1);
    await page.getByText('Saved', { exact: true }).waitFor();
    const heard = async () => (await owner.get(`/api/flows/${id}/conversations`)).body.conversations;
    await until(async () => (await heard()).length > 0);
    expect((await heard())[0].lines[0]).toEqual({ says: 'JOIN2' });
    const { definition, issues } = (await owner.get(`/api/flows/${id}`)).body;
    expect([definition.name, definition.triggers[0].words, issues]).toEqual(['Second club', ['JOIN2'], []]);

    await saveElsewhere(owner, id, 'From my tablet');
    await page.getByText('You have changed this flow somewhere else').waitFor();
    await page.getByRole('button', { name: 'Load those changes' }).click();
    await page.getByTitle('From my tablet', { exact: true }).waitFor();

    const ida = { name: 'Ida', email: 'ida@example.com', role: 'author' };
    const invited = (await owner.post('/api/people', ida)).body;
    await saveElsewhere(await signInByLink(server.url, invited.link), id, 'From Ida');
    await page.getByText('Ida has just changed this flow.').waitFor();

    // What is drawn on without loading that is not saved over it.
    const name = page.getByRole('textbox', { name: 'Name of the flow' });
    await name.fill('Mine');
    await name.press('Enter');
    const conflict = page.getByRole('dialog');
    await conflict.getByText('Ida changed this flow').waitFor();
    await conflict.getByRole('button', { name: 'Drop mine and load theirs' }).click();
    await page.getByTitle('From Ida', { exact: true }).waitFor();
  }, 180_000);
});
