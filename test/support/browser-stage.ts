import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { PeopleRepository } from '#server/accounts/people.repository.ts';
import { LINK_LASTS, SignInLinks } from '#server/accounts/sign-in-links.service.ts';
import { openBrowser } from './browser.ts';
import { startTestServer, type TestServer } from './server.ts';

/** A server with the demo, and a page on which its owner is signed in. */
export interface BrowserStage {
  readonly server: TestServer;
  readonly page: Page;
  /** Pages of their own, signed in alike unless `storageState` says otherwise; whoever asks closes it. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
}

/**
 * The stage on which all tests of a describe play: there before the first, gone after the last. `prepare` fills the server before
 * anybody looks.
 */
export function browserStage(prepare?: (server: TestServer) => Promise<void>): BrowserStage {
  let server: TestServer | undefined;
  let browser: Browser | undefined;
  let page: Page | undefined;

  beforeAll(async () => {
    server = await startTestServer({}, { DEMO: 'on' });
    await prepare?.(server);
    browser = await openBrowser();
    page = await signedInPage(browser, server);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return {
    get server() {
      return present(server);
    },
    get page() {
      return present(page);
    },
    newContext: async (options) =>
      await present(browser).newContext({
        storageState: await present(page).context().storageState(),
        ...options,
      }),
  };
}

/** A page signed in as the owner, by the same link a person would click. */
async function signedInPage(browser: Browser, server: TestServer): Promise<Page> {
  const owner = await server.app.get(PeopleRepository).firstOwner();
  if (!owner) throw new Error('There is no owner.');
  const { path } = await server.app.get(SignInLinks).issue(owner, LINK_LASTS.handed);
  const context = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(25_000);
  await page.goto(server.url + path);
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The stage stands only while the tests of its describe run.');
  return value;
}
