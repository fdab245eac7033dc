import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

const FIRST_REPLY = 'Der Docht muss oben anliegen.';

/** Counting follows the case by a moment; until a number is there, the page is asked again. */
async function untilCounted(page: Page, address: string, name: RegExp): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(address);
    await page.getByRole('heading', { name: 'Reports' }).waitFor();
    if (await page.getByRole('button', { name }).first().waitFor({ timeout: 2000 }).then(() => true, () => false)) return;
  }
  throw new Error(`${name} was not counted.`);
}

describe('the reports', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('say what a number means, and open the cases behind it', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lantern broken', text: 'Please help with my lantern.' });
    const { page } = await journey.sit(company.admin);
    await untilCounted(page, '/reports', /^New cases: [1-9]/);
    const number = page.getByRole('button', { name: /^New cases: [1-9]/ });
    const shown = Number((await number.textContent()) ?? '');
    await page.getByText('What this means').first().click();
    await page.getByText('Cases that began in the period').first().waitFor();
    await number.click();
    const dialog = page.getByRole('dialog', { name: 'New cases' });
    await dialog.getByText('Lantern broken').waitFor();
    assert.equal(await dialog.getByRole('listitem').count(), shown);
    await dialog.getByRole('link', { name: /Lantern broken/ }).click();
    await page.waitForURL('**/cases/**');
    await page.getByRole('textbox', { name: /^Reply to/ }).fill(FIRST_REPLY);
    await page.getByRole('button', { name: /^Send/ }).first().click();
    await page.getByRole('article').getByText(FIRST_REPLY).first().waitFor();
  });

  it('are narrowed, compared with the days before, and say what lies behind a median', async () => {
    const { page } = await journey.sit(journey.company.admin);
    await untilCounted(page, '/reports?days=7', /^First response: .*\d/);
    await page.getByText(/compared with/).waitFor();
    await page.getByRole('button', { name: /^First response: .*\d/ }).click();
    const dialog = page.getByRole('dialog', { name: 'First response' });
    await dialog.getByRole('link', { name: /Lantern broken/ }).waitFor();
    assert.ok(await dialog.getByRole('radio', { name: 'Longest first' }).isChecked());
    // All of them as a table.
    const [rows] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download all as CSV' }).click()]);
    assert.match(await readFile(await rows.path(), 'utf8'), /,Lantern broken,/);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Complaint' }).click();
    await page.getByText('Nothing in this selection').waitFor();
    await page.waitForURL(/kind=complaint/);
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: 'Remove Complaint' }).click();
    await page.getByRole('button', { name: /^First response: .*\d/ }).waitFor();

    await page.getByLabel('First day').fill('2020-01-01');
    await page.waitForURL(/from=2020-01-01/);
    await page.getByText('Nothing in this selection').waitFor();
  });

  it('go into a spreadsheet with the same numbers', async () => {
    const { page } = await journey.sit(journey.company.admin);
    await untilCounted(page, '/reports', /^New cases: [1-9]/);
    const shown = (await page.getByRole('button', { name: /^New cases: [1-9]/ }).textContent()) ?? '';
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
    const [head, total] = (await readFile(await download.path(), 'utf8')).slice(1).split('\r\n').map((line) => line.split(','));
    assert.equal(total?.[head?.indexOf('created') ?? -1], shown);
  });
});
