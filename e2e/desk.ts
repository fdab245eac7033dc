import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Caller, Product } from './product.ts';

export interface Desk {
  context: BrowserContext;
  page: Page;
  /** What the page complained about: script errors and console errors. A journey ends with none. */
  complaints: string[];
  close(): Promise<void>;
}

// What a browser says by itself when a server is away, or when the first question (is somebody signed in?) is answered with no. A case somebody may not see is
// not found for them.
const EXPECTED = /Failed to load resource: (the server responded with a status of (401|409|503)|net::ERR_)|An unknown error occurred when fetching the script|WebSocket connection to .* failed/;

/** A browser of somebody, with nothing remembered, at the workspace; signed in when `who` is. `prepare` sees the page before anything is loaded. */
export async function sitDown(browser: Browser, product: Product, who?: Caller, options: BrowserContextOptions = {}, prepare: (page: Page) => Promise<unknown> = async () => {}): Promise<Desk> {
  const context = await browser.newContext({ baseURL: product.url, viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Dublin', ...options });
  // Nothing takes so long; on a machine that is busy with something else it may.
  context.setDefaultTimeout(50_000);
  if (who) await context.addCookies(who.cookies().map(({ name, value }) => ({ name, value, url: product.url })));
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    const isUnseen = message.text().includes('status of 404') && message.location().url.includes('/api/v1/cases/');
    if (message.type() === 'error' && !isUnseen && !EXPECTED.test(message.text())) complaints.push(`${message.text()} ${message.location().url}`);
  });
  await prepare(page);
  await page.goto('/');
  return { context, page, complaints, close: () => context.close() };
}
