import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

const fixtures = join(import.meta.dirname, '../server/src/importing/fixtures');

describe('an import', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('is looked over, brought in, reported and taken away again', async () => {
    const { company } = journey;
    const { page } = await journey.sit(company.admin);
    await page.goto('/admin/imports');
    await page.getByText('Nothing was brought in yet').waitFor();
    await page.getByRole('link', { name: 'New import' }).first().click();
    const files = await Promise.all(['zendesk-tickets.json', 'zendesk-users.json'].map(async (name) => ({ name, mimeType: 'application/json', buffer: Buffer.from((await readFile(join(fixtures, name), 'utf8')).replaceAll('@ADMIN@', 'nobody@here.test')) })));
    await page.locator('input[type=file]').setInputFiles(files);
    await page.getByText('Told from the beginning of the file.').waitFor();
    assert.match((await page.getByRole('combobox', { name: 'Format' }).textContent()) ?? '', /Zendesk/);
    await page.getByRole('button', { name: 'Read through' }).click();

    await page.getByText('Nothing is written yet.').waitFor();
    await page.getByText('What it would make').waitFor();
    await page.getByText('Wilma Way').waitFor();
    const odd = page.getByRole('list', { name: '5 odd things' });
    await odd.getByText('Cannot be read, left out').waitFor();
    await odd.getByText('line 4').waitFor();
    assert.equal((await company.admin.client.cases.list({ query: { shelf: 'open' } })).items.length, 0);
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await page.getByText('Everything is in.').waitFor();

    const report = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Report', exact: true }).click();
    assert.match(await readFile(await (await report).path(), 'utf8'), /cases,3\r\n/);
    await page.goto('/search?q=warehouse');
    await page.getByRole('link', { name: /Lamp is broken/ }).first().click();
    await page.getByText('A new one is on its way.').waitFor();

    await page.goto('/admin/imports');
    await page.getByRole('link', { name: /zendesk-tickets/ }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('3 cases with everything on them go for good.').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('What it made is gone.').waitFor();
    assert.deepEqual((await company.admin.client.cases.search({ query: { q: 'warehouse' } })).items, []);
  });
});
