import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('what a company wants to know of its customers', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('an admin adds fields of customers and organizations, and agents fill them in', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Nora Lind <nora@harbour.test>', to: company.address, subject: 'Lantern broken', text: 'Please help.' });
    const { items: [nora] } = await company.admin.client.customers.list({ query: { q: 'nora' } });
    const { id: organizationId } = await company.admin.client.organizations.create({ body: { name: 'Harbour Lights' } });
    const { page } = await journey.sit(company.admin);
    const dialog = page.getByRole('dialog');
    const select = async (label: string, option: string) => {
      await page.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    const add = async (subject: string, name: string, type: string, options?: string) => {
      await page.getByRole('button', { name: `New field: Fields of ${subject}` }).click();
      await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
      await select('Type', type);
      if (options !== undefined) await dialog.getByRole('textbox', { name: /Options/ }).fill(options);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('list', { name: `Fields of ${subject}` }).getByText(name).waitFor();
    };
    await page.goto('/admin/fields');
    await add('customers', 'Customer number', 'Text');
    await add('customers', 'Tier', 'Choice', 'Gold\nSilver');
    await add('customers', 'Credit', 'Amount of money');
    await add('organizations', 'Contract until', 'Date');
    if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/fields-admin.png`, fullPage: true });

    await page.goto(`/customers/${nora?.id}`);
    await page.getByRole('textbox', { name: 'Customer number' }).fill('K-4711');
    await select('Tier', 'Silver');
    const credit = page.getByRole('textbox', { name: 'Credit (EUR)' });
    await credit.fill('much');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('This is no value for “Credit”.').waitFor();
    await credit.fill('12.50');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.reload();
    await page.getByRole('combobox', { name: 'Tier' }).getByText('Silver').waitFor();
    assert.deepEqual([await page.getByRole('textbox', { name: 'Customer number' }).inputValue(), await credit.inputValue()], ['K-4711', '12.50']);
    if (process.env['LOOK']) for (const [scheme, width] of [['light', 1440], ['dark', 390]] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 1400 });
      await page.screenshot({ path: `${process.env['LOOK']}/fields-${scheme}-${width}.png` });
    }

    await page.goto(`/organizations/${organizationId}`);
    await page.getByRole('button', { name: 'Edit', exact: false }).first().click();
    await dialog.getByLabel('Contract until').fill('2027-05-01');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 May 2027').waitFor();
  });

  it('customers are filtered by those fields, organization and blocks, and the address holds the filter for a colleague', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Otto Berg <otto@harbour.test>', to: company.address, subject: 'Hello', text: 'Hello.' });
    await company.admin.client.blockedSenders.block({ body: { value: 'otto@harbour.test', reason: 'Threats' } });
    const { page, context } = await journey.sit(company.admin);
    const list = page.getByRole('list', { name: 'Customers' });
    await page.goto('/customers');
    await list.getByText('Otto Berg').waitFor();
    const filter = async (part: string, value: string) => {
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByRole('option', { name: part, exact: true }).click();
      await page.getByRole('option', { name: value, exact: true }).click();
    };
    await filter('Tier', 'Silver');
    await list.getByText('Otto Berg').waitFor({ state: 'detached' });
    await list.getByText('Nora Lind').waitFor();
    await filter('Mail', 'Blocked');
    await page.getByText('Nobody fits', { exact: true }).waitFor();
    const address = page.url();

    const colleague = await context.newPage();
    await colleague.goto(address);
    await colleague.getByText('Nobody fits', { exact: true }).waitFor();
    await colleague.getByRole('button', { name: 'Remove the filter: Tier' }).click();
    await colleague.getByRole('list', { name: 'Customers' }).getByText('Otto Berg').waitFor();
    if (process.env['LOOK']) await colleague.screenshot({ path: `${process.env['LOOK']}/customers-filtered.png` });
    await page.getByRole('button', { name: 'Remove the filters' }).first().click();
    await list.getByText('Otto Berg').waitFor();
    await list.getByText('Nora Lind').waitFor();

    await page.goto('/customers?tab=blocked');
    await page.getByRole('button', { name: 'Unblock otto@harbour.test' }).click();
    await page.getByText('Nobody is blocked', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText('Threats').waitFor();
  });
});
