import { expect, test } from '@jest/globals';
import { acceptedSchema } from '#shared/api/inbound.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';
import { connect, dropLine, dropStep } from '../support/canvas.ts';

describeInBrowser('from an empty canvas to a live text', () => {
  const stage = browserStage();

  async function text(words: string): Promise<string[]> {
    const response = await fetch(`${stage.server.url}/in/simulated/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: '+447700900123', to: '12345', text: words }),
    });
    return acceptedSchema.parse(await response.json()).replies.map((reply) => reply.text);
  }

  test('draws three steps with the mouse, publishes them, texts them over HTTP and sees the reply live', async () => {
    const { page, server } = stage;
    page.on('pageerror', (error) => console.error(error));
    await page.goto(`${server.url}/flows`);
    await page.getByRole('button', { name: 'New flow' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('tab', { name: 'From a keyword' }).click();
    await dialog.getByRole('textbox', { name: 'Keyword' }).fill('PASTA');
    await dialog.getByRole('button', { name: 'Create flow' }).click();
    await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
    await page.locator('.react-flow__node').first().waitFor();

    // Another word, in place of the only one.
    await page.getByText('When somebody texts').click();
    await page.getByRole('combobox', { name: 'Words', exact: true }).press('Backspace');
    await page.getByText('Write another word. Until then PASTA stays.').waitFor();
    await page.keyboard.type('PIZZA,');
    await page.getByRole('group', { name: 'Keyword PIZZA' }).waitFor();

    // A second keyword; its words are written in one go.
    await page.getByRole('button', { name: 'Add a keyword' }).click();
    await page.getByRole('group', { name: 'New keyword' }).getByRole('combobox', { name: 'Words' }).focus();
    await page.keyboard.type('CALZONE,PANZEROTTI,');
    await page.getByRole('group', { name: 'Keyword CALZONE' }).getByText('PANZEROTTI').waitFor();

    // The flow begins with a text and an end; they make way for a drawing of our own.
    for (const node of ['answer', 'done']) {
      await page.locator(`.react-flow__node[data-id="${node}"] header`).click();
      await page.keyboard.press('Delete');
      await page.locator(`.react-flow__node[data-id="${node}"]`).waitFor({ state: 'detached' });
    }

    // What starts the flow stays in sight when nothing else is left.
    await page.getByText(/Drag a first step/).waitFor();

    await dropStep(page, 'Ask a question', { x: 800, y: 300 });
    await page.locator('.react-flow__node[data-id="question"]:focus').waitFor();
    await page.getByRole('textbox', { name: 'Question' }).fill('Thin or thick? Reply YES for thin.');
    await page.keyboard.press('Escape');
    await dropStep(page, 'Send a text', { x: 1250, y: 240 });
    await page
      .getByRole('textbox', { name: 'Text', exact: true })
      .fill('Thin it is. See you at {{program.brand}}!');
    await page.keyboard.press('Escape');
    await dropStep(page, 'End', { x: 900, y: 760 });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show everything' }).click();
    await connect(page, { node: 'question', port: 'yes' }, 'message');
    // A line that is dropped on the canvas asks what comes next; the keyboard goes on from there.
    await dropLine(page, { node: 'question', port: 'no' }, { x: 1300, y: 820 });
    await page.getByRole('combobox', { name: 'What happens next?' }).fill('send a text');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node[data-id="message-2"]:focus').waitFor();
    await page.keyboard.press('Delete');
    await connect(page, { node: 'question', port: 'no' }, 'end');
    await connect(page, { node: 'question', port: 'other' }, 'end');
    await connect(page, { node: 'question', port: 'timeout' }, 'end');
    await connect(page, { node: 'message', port: 'next' }, 'end');
    await page.getByText(/every conversation explored/).waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();

    // What the header does with the drawing; the keys are listed beside the traffic as well.
    await page.getByRole('button', { name: 'Tidy up' }).click();
    await page.getByRole('button', { name: 'Undo: Tidy up' }).waitFor();
    await page.getByRole('button', { name: 'Find' }).click();
    const find = page.getByRole('button', { name: 'Close find' });
    await find.waitFor();
    const view = page.getByRole('radiogroup', { name: 'View' });
    await view.getByText('Traffic').click();
    await page.getByText(/Nobody came by yet/).waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Keyboard' }).click();
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await view.getByText('Draft').click();
    await page.locator('.react-flow__node[data-id="question"]').waitFor();
    expect(await find.count()).toBe(0);
    await page.getByText('Saved', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Publish version 1' }).click();
    const reasons = page.getByRole('dialog').getByPlaceholder('Why this is right');
    await reasons.first().waitFor();
    for (const reason of await reasons.all())
      await reason.fill('Whoever texts us for pizza knows who we are.');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.goto(`${server.url}/live`);
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    expect(await text('Pizza, please!')).toEqual(['Thin or thick? Reply YES for thin.']);
    expect(await text('yes')).toEqual(['Thin it is. See you at Textloom Demo!']);
    await page.getByText('Thin it is. See you at Textloom Demo!').first().waitFor();
  }, 180_000);
});
