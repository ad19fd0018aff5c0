import type { Locator, Page } from 'playwright-core';

/** Drags a step from the palette onto the canvas, as a hand does it. */
export async function dropStep(page: Page, title: string, to: { x: number; y: number }): Promise<void> {
  const before = await page.locator('.react-flow__node').count();
  const from = await middleOf(page.getByRole('button', { name: title, exact: true }).first());
  await drag(page, from, to);
  await page.locator('.react-flow__node').nth(before).waitFor();
}

/** Drags a line from a port's dot to another card. */
export async function connect(page: Page, from: { node: string; port: string }, to: string): Promise<void> {
  const lines = await page.locator('.react-flow__edge').count();
  const target = page.locator(`.react-flow__handle.target[data-nodeid="${to}"]`);
  await drag(page, await middleOf(dotOf(page, from)), await middleOf(target));
  await page.locator('.react-flow__edge').nth(lines).waitFor({ state: 'attached' });
}

/** Drags a line from a port's dot to a point of the window. */
export async function dropLine(
  page: Page,
  from: { node: string; port: string },
  to: { x: number; y: number },
): Promise<void> {
  await drag(page, await middleOf(dotOf(page, from)), to);
}

const dotOf = (page: Page, { node, port }: { node: string; port: string }): Locator =>
  page.locator(`.react-flow__handle.source[data-nodeid="${node}"][data-handleid="${port}"]`);

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 12, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  await locator.waitFor();
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('Nothing to take hold of.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
