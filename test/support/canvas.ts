import type { Browser, Locator, Page } from 'playwright-core';
import { PeopleRepository } from '#server/accounts/people.repository.ts';
import { LINK_LASTS, SignInLinks } from '#server/accounts/sign-in-links.service.ts';
import type { TestServer } from './server.ts';

/** A page signed in as the owner, by the same link a person would click. */
export async function signedInPage(browser: Browser, server: TestServer): Promise<Page> {
  const owner = await server.app.get(PeopleRepository).firstOwner();
  if (!owner) throw new Error('There is no owner.');
  const { path } = await server.app.get(SignInLinks).issue(owner, LINK_LASTS.handed);
  const context = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(server.url + path);
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

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
  const dot = page.locator(
    `.react-flow__handle.source[data-nodeid="${from.node}"][data-handleid="${from.port}"]`,
  );
  const target = page.locator(`.react-flow__handle.target[data-nodeid="${to}"]`);
  await drag(page, await middleOf(dot), await middleOf(target));
  await page.locator('.react-flow__edge').nth(lines).waitFor({ state: 'attached' });
}

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
