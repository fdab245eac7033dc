// Takes the pictures of the documents anew: node e2e/pictures.ts
// Starts the product with its demo company, walks through it in both themes and at two widths, and writes docs/pictures/.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { startProduct } from './product.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
await mkdir(folder, { recursive: true });
const product = await startProduct(['--demo']);
const browser = await openBrowser();

async function demoSignIn(): Promise<{ email: string; password: string }> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { demoSignIn: found } = await product.caller().client.setup.state();
    if (found) return found;
    await sleep(1_000);
  }
  throw new Error('The demo company did not open.');
}

/** Without the pointer's traces and once everything has come to rest. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
  await sleep(800);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(name);
}

try {
  const signIn = await demoSignIn();
  const caller = product.caller();
  await caller.client.accounts.signIn({ body: signIn });
  const cookies = caller.cookies().map((cookie) => ({ ...cookie, url: product.url }));
  for (const theme of ['light', 'dark'] as const) {
    for (const [size, viewport] of [['', { width: 1440, height: 900 }], ['-phone', { width: 390, height: 844 }]] as const) {
      const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'Europe/Dublin' });
      await context.addCookies(cookies);
      const page = await context.newPage();
      await page.goto(product.url);
      await page.getByRole('option').first().waitFor({ timeout: 60_000 });
      await take(page, `list${size}-${theme}`);
      await page.getByRole('option').first().click();
      await page.getByRole('textbox').last().waitFor();
      await take(page, `case${size}-${theme}`);
      await page.goto(`${product.url}/ledger`);
      await take(page, `ledger${size}-${theme}`);
      if (size === '') {
        await page.goto(`${product.url}/admin/inboxes`);
        await take(page, `inboxes-${theme}`);
        await page.keyboard.press('Control+k');
        await take(page, `palette-${theme}`);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await product.stop();
}
