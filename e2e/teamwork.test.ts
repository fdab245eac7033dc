import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('a team and its cases', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('hands a case over with a brief, keeps a promise, and changes many cases at once and back', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    const billing = await client.accounts.createTeam({ body: { name: 'Billing', memberIds: [company.admin.id] } });
    await client.caseFields.create({ body: { name: 'Order number', type: 'text', isRequired: true } });
    for (const name of ['Ida Berg', 'Otto Ohm', 'Uwe Ulm']) await customers.write(product.smtpPort, { from: `${name} <${name.split(' ')[0]?.toLowerCase()}@elsewhere.test>`, to: company.address, subject: `Lamp of ${name}`, text: 'Where is it?' });
    const { page } = await journey.sit(company.admin, { viewport: { width: 1440, height: 900 } });
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Ida Berg/ }).click();

    const context = page.getByRole('complementary', { name: /customer/i });
    await context.getByRole('combobox', { name: 'Kind' }).selectOption('complaint');
    await context.getByRole('textbox', { name: 'Order number' }).fill('A-17');
    await page.keyboard.press('Enter');
    await page.getByText(/set Order number to A-17/).waitFor();
    await context.getByRole('button', { name: 'Promise something' }).click();
    await context.getByRole('textbox', { name: 'What is promised?' }).fill('Call back');
    await context.getByRole('button', { name: 'Tomorrow 12:00' }).click();
    await context.getByRole('button', { name: 'Promise', exact: true }).click();
    await context.getByText('Call back').waitFor();

    await page.getByRole('button', { name: /^Team:/ }).click();
    await page.getByRole('option', { name: 'Billing' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hand over to Billing' });
    assert.match(await dialog.getByRole('textbox', { name: 'Promised' }).inputValue(), /^Call back/);
    await dialog.getByRole('button', { name: 'Hand over' }).click();
    assert.equal(await dialog.isVisible(), true, 'nothing goes over without a word');
    await dialog.getByRole('textbox', { name: 'Asked' }).fill('Where the lamp is');
    await dialog.getByRole('textbox', { name: 'Tried' }).fill('Asked the carrier');
    await dialog.getByRole('textbox', { name: 'Next' }).fill('Refund it');
    const nothing = dialog.getByRole('checkbox', { name: 'Nothing was promised' });
    await nothing.check();
    assert.equal(await dialog.getByRole('textbox', { name: 'Promised' }).count(), 0, 'that nothing was promised is a choice');
    await nothing.uncheck();
    assert.match(await dialog.getByRole('textbox', { name: 'Promised' }).inputValue(), /^Call back/);
    await dialog.getByRole('button', { name: 'Hand over' }).click();
    await page.getByText('Refund it').first().waitFor();
    assert.equal((await client.cases.list({ query: { team: billing.id } })).items.length, 1);
    await context.getByRole('button', { name: 'Mark “Call back” as kept' }).click();
    await context.getByText(/^kept ·/).waitFor();

    await page.keyboard.press('Escape');
    await page.locator('[data-case-list]').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowUp');
    const bar = page.getByRole('region', { name: 'Change the selected cases' });
    await bar.getByText('2 cases selected').waitFor();
    await bar.getByRole('button', { name: 'Priority…' }).click();
    await page.getByRole('option', { name: 'Urgent' }).click();
    await page.getByText('2 cases changed').waitFor();
    await page.reload();
    await page.getByText('2 cases changed').waitFor();
    await page.getByRole('region', { name: 'Change the selected cases' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 cases put back').waitFor();
    const { items } = await client.cases.list();
    assert.deepEqual(items.map((row) => row.priority), ['normal', 'normal', 'normal']);
  });

  it('a colleague who is mentioned in a note finds the case among their mentions', async () => {
    const { product, customers, company } = journey;
    const tom = await company.hire('Tom Tide');
    await customers.write(product.smtpPort, { from: 'Kim Kay <kim@elsewhere.test>', to: company.address, subject: 'Chair', text: 'A leg is loose.' });
    const { page: hers } = await journey.sit(company.admin);
    const { page: his } = await journey.sit(tom);
    await hers.getByRole('link', { name: /^Unassigned/ }).click();
    await hers.getByRole('option', { name: /Kim Kay/ }).click();
    await hers.getByRole('textbox', { name: 'Reply to Kim Kay' }).waitFor();
    await hers.keyboard.press('Escape');
    await hers.getByRole('button', { name: 'Note', exact: true }).click();
    const note = hers.getByRole('textbox', { name: /note/i });
    await note.pressSequentially('Please look @');
    await hers.getByRole('combobox', { name: 'Colleagues to mention' }).fill('tom');
    await hers.getByRole('option', { name: 'Tom Tide' }).waitFor();
    await hers.keyboard.press('Enter');
    await hers.getByText('@Tom Tide').waitFor();
    await hers.getByRole('button', { name: /^Add note/ }).click();
    await hers.getByText('Told: Tom Tide').waitFor();
    await his.getByRole('link', { name: /^Mentions.*1$/ }).click();
    await his.getByRole('link', { name: /Hanna Hafen mentioned you/ }).click();
    await his.getByRole('heading', { name: 'Chair' }).waitFor();
  });
});
