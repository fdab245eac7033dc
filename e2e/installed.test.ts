import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { serveAs } from './next-build.ts';

const kept = (page: Page) => page.evaluate<string[]>("(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((each) => name + ' ' + new URL(each.url).pathname)))).flat())()");
/** The worker has what this page needs. */
const isOnDevice = (page: Page) => eventually('the workspace is on the device', async () => ((await kept(page)).some((each) => /\/assets\/en-/.test(each)) ? true : undefined), 30);

describe('an installed workspace', { skip: noChromium, timeout: 300_000 }, () => {
  const journey = openJourney();

  it('can be installed: a browser finds nothing wrong with its manifest and icons', async () => {
    const { page } = await journey.sit(journey.company.admin);
    const session = await page.context().newCDPSession(page);
    const { errors, data, url } = await session.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    assert.match(url, /\/manifest\.webmanifest$/);
    const manifest = JSON.parse(data ?? '') as { icons: { src: string; sizes: string; purpose?: string }[]; shortcuts: { url: string }[] };
    for (const { src, sizes } of manifest.icons.filter((icon) => icon.sizes !== 'any')) {
      const size = await page.evaluate<string>(`(async () => { const picture = new Image(); picture.src = ${JSON.stringify(src)}; await picture.decode(); return picture.naturalWidth + 'x' + picture.naturalHeight; })()`);
      assert.equal(size, sizes, src);
    }
    assert.ok(manifest.icons.some((icon) => icon.purpose === 'maskable'));
    assert.deepEqual(manifest.shortcuts.map((shortcut) => shortcut.url), ['/cases/mine', '/cases/unassigned', '/search']);
    await isOnDevice(page);
    await eventually('the browser would install it', async () => {
      const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
      // A window for tests keeps nothing, and browsers install nothing from such.
      return installabilityErrors.every(({ errorId }) => errorId === 'in-incognito') ? true : undefined;
    });
  });

  it('opens without a connection after one visit, says what waits, and sends it once when the line is back', async () => {
    const { product, customers, company, cable } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: 'Where is it?' });
    const { page, context } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Ida Berg/ }).click();
    await page.getByRole('region', { name: 'What happened' }).getByText('Where is it?').waitFor();
    await isOnDevice(page);
    cable.pull();
    await page.getByText(/^No connection/).waitFor();
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).fill('On Friday, I promise.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByText('Waits for the connection. It will be sent by itself.').waitFor();
    await page.close();

    const later = await context.newPage();
    await later.goto(`${product.url}/cases/unassigned`);
    await later.getByRole('heading', { name: 'No connection' }).waitFor();
    await later.getByText('1 change waits on this device and will be sent then.').waitFor();
    assert.equal(customers.mailbox('ida@elsewhere.test').length, 0);

    cable.plugIn();
    await later.getByRole('link', { name: /^Unassigned/ }).waitFor();
    const { mail } = await customers.mailFor('ida@elsewhere.test');
    assert.match(mail.text ?? '', /On Friday/);
    assert.equal((await kept(later)).filter((each) => /\/(api|health)\//.test(each)).length, 0, 'nothing the server said is kept');
    const { items } = await company.admin.client.cases.list({ query: { shelf: 'pending' } });
    assert.equal(items[0]?.messageCount, 2, 'written once');
    assert.equal(customers.mailbox('ida@elsewhere.test').length, 1, 'sent once');
  });

  it('a new build is offered to an open page, shown when the person says so, and nothing of the old one is left', async () => {
    const front = await serveAs(journey.product.url);
    try {
      const { context } = await journey.sit(journey.company.admin);
      const page = await context.newPage();
      await page.goto(`${front.url}/cases/mine`);
      await page.getByRole('link', { name: /^Unassigned/ }).waitFor();
      await isOnDevice(page);
      front.upgradeTo('b0b0b0b0b0b0');
      await page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())");
      // A new worker fetches all of the new build first, which takes a while where much else is going on.
      await page.getByText('A new version of Rapport is there. What you have written stays.').waitFor({ timeout: 60_000 });
      assert.ok((await kept(page)).some((each) => !each.includes('b0b0b0b0b0b0')), 'until then the old one is there');
      await page.getByRole('button', { name: 'Reload', exact: true }).click();
      await eventually('the page is of the new build', async () => (await page.evaluate<string>("document.querySelector('script[data-build]').dataset.build").catch(() => '')) === 'b0b0b0b0b0b0' || undefined);
      await page.getByRole('link', { name: /^Unassigned/ }).waitFor();
      await eventually('only the new one is kept', async () => (await kept(page)).every((each) => each.includes('rapport-shell-b0b0b0b0b0b0')) || undefined, 60);

      // Somebody who loads the page after an upgrade sees the new build at once and is asked nothing.
      front.upgradeTo('c0c0c0c0c0c0');
      await page.reload();
      assert.equal(await page.evaluate<string>("document.querySelector('script[data-build]').dataset.build"), 'c0c0c0c0c0c0');
      await eventually('the worker is of the same build', async () => (await kept(page)).every((each) => each.includes('rapport-shell-c0c0c0c0c0c0')) || undefined, 60);
      assert.equal(await page.getByText('A new version of Rapport is there').count(), 0);
      await context.close();
    } finally {
      await front.close();
    }
  });
});
