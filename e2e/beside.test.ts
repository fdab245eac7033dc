import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { written } from './written.ts';

describe('two cases side by side', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  before(async () => {
    const { product, customers, company } = journey;
    for (const name of ['Ada', 'Bela']) await customers.write(product.smtpPort, { from: `${name} <${name.toLowerCase()}@elsewhere.test>`, to: company.address, subject: `Matter of ${name}`, text: 'Hello?' });
  });

  it('each keeps its own draft, and keys belong to the one that is worked in', async () => {
    const { company } = journey;
    const { page } = await journey.sit(company.admin);
    const { keyboard } = page;
    const first = page.locator('[data-part=first]');
    const second = page.locator('[data-part=second]');
    await page.goto('/cases/open/1');
    await page.getByRole('textbox', { name: 'Reply to Ada' }).waitFor();
    await keyboard.press('v');
    await page.getByText('#1 stays. Open the other case.').waitFor();
    await page.getByRole('option', { name: /Matter of Bela/ }).click();
    await first.getByRole('textbox', { name: 'Reply to Bela' }).waitFor();
    await second.getByRole('textbox', { name: 'Reply to Ada' }).waitFor();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/cases/open/2?beside=1');

    await second.getByRole('textbox', { name: 'Reply to Ada' }).fill('For Ada');
    await first.getByRole('textbox', { name: 'Reply to Bela' }).fill('For Bela');
    assert.equal(await written(second.getByRole('textbox', { name: 'Reply to Ada' })), 'For Ada');
    await keyboard.press('Escape');

    // The one that was worked in last is meant; `y` changes over.
    await keyboard.press('i');
    await first.getByRole('button', { name: 'Assignee: Hanna Hafen' }).waitFor();
    await second.getByRole('button', { name: 'Assignee: Nobody' }).or(second.getByRole('button', { name: /^Assignee: (?!Hanna)/ })).waitFor();
    await keyboard.press('y');
    await keyboard.press('i');
    await second.getByRole('button', { name: 'Assignee: Hanna Hafen' }).waitFor();

    const found = await findings(page);
    assert.equal(found.length, 0, `\n${found.join('\n')}`);

    // A mail of the customer arrives in the pane that nobody works in.
    await journey.customers.write(journey.product.smtpPort, { from: 'Bela <bela@elsewhere.test>', to: company.address, subject: 'Re: Matter of Bela [#2]', text: 'Are you there?' });
    await first.getByRole('region', { name: 'What happened' }).getByText('Are you there?').waitFor();
    await page.getByRole('separator', { name: 'Width of the two cases' }).focus();
    await keyboard.press('End');
    assert.equal(await page.getByRole('separator', { name: 'Width of the two cases' }).getAttribute('aria-valuenow'), '70');

    // A reload, as anybody does who is sent the address: both are there, with their drafts and the width.
    await page.reload();
    await eventually('the drafts are back', async () => (await written(second.getByRole('textbox', { name: 'Reply to Ada' }))) === 'For Ada' && (await written(first.getByRole('textbox', { name: 'Reply to Bela' }))) === 'For Bela');
    assert.equal(await page.getByRole('separator', { name: 'Width of the two cases' }).getAttribute('aria-valuenow'), '70');

    // What is done beside leaves the open case where it is.
    await second.getByRole('button', { name: 'Resolve' }).click();
    await second.waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).pathname, '/cases/open/2');
    await page.getByRole('region', { name: 'Case 2' }).or(page.getByRole('region', { name: /^Case / })).first().waitFor();
  });

  it('merging and splitting in the second pane leaves the first one where it is', async () => {
    const { product, customers, company } = journey;
    for (const subject of ['A third matter', 'A fourth matter']) await customers.write(product.smtpPort, { from: 'Cilla <cilla@elsewhere.test>', to: company.address, subject, text: 'Hello once more?' });
    const { page } = await journey.sit(company.admin);
    const second = page.locator('[data-part=second]');
    await page.goto('/cases/open/2?beside=3');
    await second.getByRole('textbox', { name: 'Reply to Cilla' }).click();
    await page.keyboard.press('Escape');
    await second.getByRole('button', { name: 'More to do with this case' }).click();
    await page.getByRole('menuitem', { name: /^Merge/ }).click();
    const dialog = page.getByRole('dialog', { name: /Merge.*3/ });
    await dialog.getByRole('textbox').first().fill('fourth');
    await dialog.getByText('A fourth matter').first().click();
    await dialog.getByRole('button', { name: /^Merge/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await second.getByText('A fourth matter').first().waitFor();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/cases/open/2?beside=4');
    await page.locator('[data-part=first]').getByRole('textbox', { name: 'Reply to Bela' }).waitFor();
  });

  it('the list is put away and comes back', async () => {
    const { page } = await journey.sit(journey.company.admin);
    await page.goto('/cases/open/2');
    await page.getByRole('textbox', { name: 'Reply to Bela' }).waitFor();
    await page.keyboard.press('l');
    await page.getByRole('listbox', { name: 'Open' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('l');
    await page.getByRole('listbox', { name: 'Open' }).waitFor();
  });

  it('the sheet of keys is searched, and a key that is taken away from a command is said', async () => {
    const { page } = await journey.sit(journey.company.admin);
    await page.goto('/cases/open/2');
    await page.getByRole('textbox', { name: 'Reply to Bela' }).waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByRole('searchbox', { name: 'Find a command' }).fill('snooze');
    await sheet.getByText('Next case', { exact: true }).waitFor({ state: 'detached' });
    await sheet.getByRole('button', { name: /^Change the shortcut of “Snooze/ }).click();
    await page.keyboard.press('y');
    await sheet.getByText('“y” belonged to “To the other of two cases”, which has no shortcut now.').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('y');
    await page.getByPlaceholder('Snooze until…').waitFor();
  });
});
