import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('what is kept of one person', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('two records that nothing suggests are merged by hand, and an archive of the person is made, fetched and taken away', async () => {
    const { product, customers, company } = journey;
    for (const [from, subject] of [['Nora Lind <nora@harbour.test>', 'Lantern broken'], ['N. L. <quite.other@elsewhere.test>', 'Second matter']]) await customers.write(product.smtpPort, { from: String(from), to: company.address, subject: String(subject), text: 'Please help.' });
    const { page } = await journey.sit(company.admin);
    await page.goto('/customers');
    await page.getByRole('link', { name: /Nora Lind/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Nora Lind' }).waitFor();

    await page.getByRole('button', { name: 'Find the other' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('searchbox', { name: 'Name or address' }).fill('quite.other');
    await dialog.getByRole('button', { name: /N\. L\./ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('N. L. was merged into this customer').waitFor();
    await page.getByText('Second matter').waitFor();

    await page.getByRole('button', { name: 'Make an archive' }).click();
    await dialog.getByRole('checkbox', { name: 'Internal notes, too' }).waitFor();
    if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/export-ask.png` });
    await dialog.getByRole('button', { name: 'Make an archive' }).click();
    const link = page.getByRole('button', { name: 'Download', exact: true });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.match(download.suggestedFilename(), /^export-\d{4}-\d\d-\d\d\.tar\.gz$/);
    assert.equal(await download.failure(), null);
    if (process.env['LOOK']) for (const [scheme, width] of [['light', 1440], ['dark', 1440], ['light', 390], ['dark', 390]] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 1400 });
      await page.screenshot({ path: `${process.env['LOOK']}/export-${scheme}-${width}.png` });
    }
    await page.getByRole('button', { name: 'Take away' }).click();
    await link.waitFor({ state: 'detached' });
    await page.getByText('Taken away').waitFor();

    await page.goto('/admin/audit');
    await page.getByText(/downloaded an archive of one person’s data/).waitFor();
    if (process.env['LOOK']) {
      await page.setViewportSize({ width: 390, height: 900 });
      await page.goto('/customers?tab=blocked');
      await page.getByText('Nobody is blocked').or(page.getByRole('tab', { name: 'Blocked senders' })).first().waitFor();
      await page.screenshot({ path: `${process.env['LOOK']}/tabs-390.png` });
    }
  });
});
