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

  it('goes on with an upload that broke off when its tab was closed, and sends only what is missing', async () => {
    const { company } = journey;
    const { page: first } = await journey.sit(company.admin);
    const rows = Array.from({ length: 170 }, (_, n) => `buyer${n}@mail.example,Buyer ${n},${'x'.repeat(100_000)}`).join('\n');
    const whole = { name: 'buyers.csv', mimeType: 'text/csv', buffer: Buffer.from(`email,name,filler\n${rows}\n`) };
    // The second piece never arrives.
    await first.route(/\/pieces\?.*place=1/, (route) => route.abort('connectionreset'));
    await first.goto('/admin/imports/new');
    await first.locator('input[type=file]').setInputFiles(whole);
    await first.getByText('Told from the beginning of the file.').waitFor();
    const waits = first.waitForRequest(/\/pieces\?.*place=1/);
    await first.getByRole('button', { name: 'Read through' }).click();
    await first.getByRole('progressbar', { name: 'Sending the files' }).waitFor();
    await waits;
    // Another page of the same tab stops nothing; the end of the tab does.
    await first.getByRole('link', { name: 'All imports' }).click();
    await first.getByRole('link', { name: /buyers\.csv/ }).click();
    await first.getByRole('progressbar', { name: 'Sending the files' }).waitFor();
    await first.close();

    const { page } = await journey.sit(company.admin);
    const places: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT') places.push(new URL(request.url()).searchParams.get('place') ?? '');
    });
    await page.goto('/admin/imports');
    await page.getByRole('link', { name: /buyers\.csv.*The upload is not complete/ }).click();
    await page.getByRole('heading', { name: 'The upload is not complete' }).waitFor();
    await page.getByRole('list', { name: 'The upload is not complete' }).getByText(/^8(\.\d)? MB of 17(\.\d)? MB here$/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Read through' }).count(), 0);
    const again = page.locator('input[type=file]');
    await again.setInputFiles({ ...whole, buffer: Buffer.from('email\nx@mail.example\n') });
    await page.getByRole('alert').getByText(/“buyers\.csv” is no file of this import/).waitFor();
    await again.setInputFiles(whole);
    await page.getByText('Nothing is written yet.').waitFor();
    assert.deepEqual(places, ['1', '2']);
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await page.getByText('Everything is in.').waitFor();
    assert.equal((await company.admin.client.customers.list({ query: { q: 'buyer169@mail.example' } })).items.length, 1);
  });

  it('keeps apart two systems whose numbers both begin at 1, and knows the name of the last one again', async () => {
    const { company } = journey;
    const { page } = await journey.sit(company.admin);
    const bringIn = async (subject: string, source: string | null) => {
      await page.goto('/admin/imports/new');
      await page.locator('input[type=file]').setInputFiles({ name: 'cases.csv', mimeType: 'text/csv', buffer: Buffer.from(`id,subject,status,customer_email,body\n1,${subject},open,anna@mail.example,Words\n`) });
      await page.getByText('Told from the beginning of the file.').waitFor();
      if (source !== null) await page.getByRole('textbox', { name: 'Source' }).fill(source);
      else assert.equal(await page.getByRole('textbox', { name: 'Source' }).inputValue(), 'second-shop');
      await page.getByRole('button', { name: 'Read through' }).click();
      await page.getByRole('button', { name: 'Bring it in' }).click();
      await page.getByText('Everything is in.').waitFor();
      return (await company.admin.client.imports.list({ query: { limit: 1 } })).items[0];
    };
    assert.deepEqual((await bringIn('Of the first', ''))?.counts.cases, 1);
    const second = await bringIn('Of the second', 'second shop!');
    assert.deepEqual([second?.options.source, second?.counts.cases], ['second-shop', 1]);
    assert.deepEqual((await bringIn('Of the second', null))?.counts.skipped, 1);
  });
});
