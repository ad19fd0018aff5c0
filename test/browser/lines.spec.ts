import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { TEMPLATES } from '#flows/templates/index.ts';
import { signInAsOwner } from '../support/api-client.ts';
import { describeInBrowser } from '../support/browser.ts';
import { browserStage } from '../support/browser-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';

describeInBrowser('the lines of a drawing', () => {
  const stage = browserStage();

  test('run behind no card and their labels cover nothing, as templates come and tidied up', async () => {
    const { page, server } = stage;
    const owner = await signInAsOwner(server);
    await page.evaluate(() => localStorage.setItem('textloom-drawer', '"conversations"'));
    for (const { id, title } of TEMPLATES) {
      const { status, body } = await owner.post('/api/flows', { name: title, template: id });
      expect(status).toBe(201);
      await page.goto(`${server.url}/flows/${body.id}`);
      await page.getByRole('switch', { name: 'Show coverage on the canvas' }).check();
      await page.locator(LABEL).first().waitFor();
      await page.getByRole('button', { name: 'Show everything' }).click();
      expect({ title, faults: await faultsOf(page) }).toEqual({ title, faults: [] });
      await page.getByRole('button', { name: 'Tidy up' }).click();
      await page.getByRole('button', { name: 'Undo: Tidy up' }).waitFor();
      // The drawing is brought into view once its cards stand where they were put.
      await page.waitForTimeout(300);
      expect({ tidied: title, faults: await faultsOf(page) }).toEqual({ tidied: title, faults: [] });
    }
  }, 180_000);

  test('lead from left to right in a flow that came without places for its steps', async () => {
    const { page, server } = stage;
    const owner = await signInAsOwner(server);
    const words = Array.from({ length: 9 }, (_, n) => saying(`Text ${n}`));
    const { body } = await owner.post('/api/flows', {
      name: 'Placed',
      definition: lineFlow('LONG', ...words),
    });
    await page.goto(`${server.url}/flows/${body.id}`);
    await page.locator('.react-flow__node').first().waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.locator('.react-flow__node[data-id="done"]').waitFor();
    const lefts = await page.evaluate(() =>
      ['step-0', 'step-4', 'step-8', 'done'].map(
        (id) =>
          document.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect().left ?? 0,
      ),
    );
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
    expect(new Set(lefts).size).toBe(4);
  }, 60_000);
});

const LABEL = '.react-flow__edgelabel-renderer [data-coverage]';

/** What runs behind a card or lies on something, as it is seen on the page. Dots stand half on their cards. */
const faultsOf = (page: Page): Promise<string[]> =>
  page.evaluate((labelled) => {
    const zoom = new DOMMatrix(
      getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform,
    ).a;
    const boxes = (selector: string, inset: number) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const by = inset * zoom;
        const name = element.dataset.id ?? element.textContent ?? '';
        return { name, left: left + by, top: top + by, right: right - by, bottom: bottom - by };
      });
    const cards = boxes('.react-flow__node', 8);
    const labels = boxes(labelled, 1);
    const lines = [...document.querySelectorAll<SVGPathElement>('.react-flow__edge path:first-of-type')];
    const behind = lines.flatMap((line) => {
      const onScreen = line.getScreenCTM() ?? new DOMMatrix();
      const points = Array.from({ length: Math.ceil(line.getTotalLength() / 4) }, (_, at) =>
        line.getPointAtLength(at * 4).matrixTransform(onScreen),
      );
      return cards.flatMap(({ name, left, top, right, bottom }) =>
        points.some(({ x, y }) => x > left && x < right && y > top && y < bottom)
          ? [`${line.closest<HTMLElement>('.react-flow__edge')?.dataset.id} runs behind ${name}`]
          : [],
      );
    });
    const covers = labels.flatMap((label, at) =>
      [...cards, ...labels.slice(at + 1)].flatMap((other) =>
        label.left < other.right &&
        other.left < label.right &&
        label.top < other.bottom &&
        other.top < label.bottom
          ? [`${label.name} covers ${other.name}`]
          : [],
      ),
    );
    return lines.length === 0 || labels.length === 0 ? ['nothing is drawn'] : [...behind, ...covers];
  }, LABEL);
