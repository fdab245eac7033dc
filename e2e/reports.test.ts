import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('the reports', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('say what a number means, and open the cases behind it', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lantern broken', text: 'Please help with my lantern.' });
    const { page } = await journey.sit(company.admin);
    const number = page.getByRole('button', { name: /^New cases: [1-9]/ });
    // Counting follows the case by a moment.
    for (let tries = 0; tries < 40 && (await number.count()) === 0; tries += 1) {
      await page.goto('/reports');
      await page.getByRole('heading', { name: 'Reports' }).waitFor();
      await number.waitFor({ timeout: 1000 }).catch(() => undefined);
    }
    const shown = Number((await number.textContent()) ?? '');
    await page.getByText('What this means').first().click();
    await page.getByText('Cases that began in the period').first().waitFor();
    await number.click();
    const dialog = page.getByRole('dialog', { name: 'New cases' });
    await dialog.getByText('Lantern broken').waitFor();
    assert.equal(await dialog.getByRole('listitem').count(), shown);
    await dialog.getByRole('link', { name: /Lantern broken/ }).click();
    await page.waitForURL('**/cases/**');
  });
});
