import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { PASSWORD } from './company.ts';
import { openJourney } from './journey.ts';

describe('how long things are kept', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('an admin sees what a rule would erase before it is saved, and what stays for now', async () => {
    const { product, customers, company } = journey;
    for (const [from, subject] of [['Nora Lind <nora@harbour.test>', 'Old lantern'], ['Ole <ole@harbour.test>', 'Older lamp'], ['Pia <pia@harbour.test>', 'Under dispute'], ['Quentin <quentin@harbour.test>', 'Last week']]) await customers.write(product.smtpPort, { from: String(from), to: company.address, subject: String(subject), text: 'Please help.' });
    await product.age(`update cases set status = 'closed', resolved_at = now() - interval '3 years' - number * interval '1 day'`);
    await product.age(`update cases set tags = '{legal}' where subject = 'Under dispute'`);
    await product.age(`update cases set resolved_at = now() - interval '2 years' + interval '7 days' where subject = 'Last week'`);
    const { page, complaints } = await journey.sit(company.admin);
    await page.goto('/admin/retention');
    await page.getByRole('heading', { level: 1, name: 'Retention' }).waitFor();
    await page.getByText('Nothing has been erased by a rule so far.').waitFor();

    await page.getByRole('combobox', { name: 'What is done: The usual rule' }).click();
    await page.getByRole('option', { name: 'Erase words and files' }).click();
    await page.getByText('3 cases are due in the coming night.').waitFor();
    await page.getByText('1 more follows within 30 days.').waitFor();
    const tags = page.getByRole('textbox', { name: 'Tags that keep a case' });
    await tags.fill('legal');
    await tags.press('Enter');
    await page.getByText('2 cases are due in the coming night.').waitFor();
    await page.getByText('Old enough, but kept for now: 1 by a tag.').waitFor();
    await page.getByText('Show the oldest 2').click();
    await page.getByRole('link', { name: /Older lamp/ }).waitFor();
    if (process.env['LOOK']) for (const [scheme, width] of [['light', 1440], ['dark', 1440], ['light', 390], ['dark', 390]] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 1500 });
      await page.screenshot({ path: `${process.env['LOOK']}/retention-${scheme}-${width}.png` });
    }

    // Whoever has been away for an hour is asked who they are; then it goes on by itself.
    await product.age(`update session set proved_at = now() - interval '1 hour'`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Save these rules?' });
    await dialog.getByText(/^2 cases are due on/).waitFor();
    if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/retention-ask.png` });
    await dialog.getByRole('button', { name: 'Save the rules' }).click();
    await page.getByRole('dialog', { name: 'Is it still you?' }).getByRole('textbox').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).first().waitFor();
    // The browser notes the answer that asked for the proof.
    assert.deepEqual(complaints.splice(0).map((each) => /403.*\/api\/v1\/retention$/.test(each)), [true]);

    await page.reload();
    await page.getByText('2 cases are due in the coming night.').waitFor();
    await page.getByRole('combobox', { name: `What is done: ${(await company.admin.client.inboxes.list()).items[0]?.name}` }).click();
    await page.getByRole('option', { name: 'Keep everything' }).click();
    await page.getByText('2 cases are due in the coming night.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.goto('/admin/audit');
    await page.getByText(/changed after how long solved cases are erased/).first().waitFor();
  });
});
