import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { isProblem } from './problem.ts';

describe('the customer, complete', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('two records become one and two again, a company is taken, a sender blocked, and a person erased with proof', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    for (const [from, subject] of [['Ida Berg <ida@harbour.test>', 'Lantern broken'], ['Ida Berg <berg.ida@harbour.test>', 'Lantern again']]) await customers.write(product.smtpPort, { from: String(from), to: company.address, subject: String(subject), text: 'Please help.' });
    await client.organizations.create({ body: { name: 'Harbour Ltd', domains: ['harbour.test'] } });
    const { page } = await journey.sit(company.admin);

    await page.goto('/customers');
    await page.getByRole('searchbox', { name: 'Name or address' }).fill('lantern');
    await page.getByText('Nobody found').waitFor();
    await page.getByRole('searchbox', { name: 'Name or address' }).fill('ida@harbour.test');
    await page.getByRole('link', { name: /Ida Berg ?ida@harbour/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Ida Berg' }).waitFor();

    await page.getByRole('button', { name: 'Belongs to it' }).click();
    await page.getByText('They write from a domain of Harbour Ltd.').waitFor({ state: 'detached' });
    if (process.env['LOOK']) for (const [scheme, width] of [['light', 1440], ['dark', 1440], ['light', 390], ['dark', 390]] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${process.env['LOOK']}/customer-${scheme}-${width}.png` });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('Ida Berg was merged into this customer').waitFor();
    await page.getByText('Lantern again').waitFor();
    await page.getByRole('listitem').getByRole('button', { name: 'Undo' }).first().click();
    await page.getByText('Lantern again').waitFor({ state: 'detached' });

    await page.goto('/customers?tab=blocked');
    await page.getByRole('button', { name: 'Block a sender' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Address or domain' }).fill('gmail.com');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Threats');
    await dialog.getByRole('button', { name: 'Block', exact: true }).click();
    await dialog.getByText(/Many people have their mailbox at gmail.com/).waitFor();
    await dialog.getByRole('textbox', { name: 'Address or domain' }).fill('bad@gmail.com');
    await dialog.getByRole('button', { name: 'Block everybody there' }).click();
    await page.getByRole('listitem').filter({ hasText: 'bad@gmail.com' }).waitFor();

    const ida = (await client.customers.list({ query: { q: 'ida@harbour.test' } })).items.find((each) => each.identities.some((one) => one.value === 'ida@harbour.test'));
    assert.ok(ida);
    await page.goto(`/customers/${ida.id}`);
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Ida Berg');
    await page.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText(/No address and no number is left: \d+ columns of \d+ tables/).waitFor();
    await assert.rejects(client.customers.get({ params: { customerId: ida.id } }), isProblem('not_found'));
  });
});
