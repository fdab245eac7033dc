import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { PASSWORD } from './company.ts';
import { openJourney } from './journey.ts';

describe('the demo', { skip: noChromium, timeout: 400_000 }, () => {
  const journey = openJourney({ args: ['--demo'], hasCompany: false });

  it('opens with one click, is full of life, and can be taken away', async () => {
    const { client } = journey.product.caller();
    while (!(await client.setup.state()).demoSignIn) await new Promise((resolve) => setTimeout(resolve, 300));
    const { page } = await journey.sit();
    await page.getByRole('button', { name: 'Enter the demo' }).click();
    await page.getByRole('listbox', { name: 'My open' }).waitFor();
    await eventually('a day of work lies there', async () => (await page.getByRole('option').count()) >= 10);

    // The angry customer stands out, and her story is there to read.
    await page.getByRole('option', { name: /Priority Urgent.*THIRD mail.*waits/ }).click();
    await page.getByRole('region', { name: 'Case' }).getByText('standing here with an empty ribbon').waitFor();
    await page.getByText(/a mail will not do/).waitFor();

    await page.getByRole('link', { name: 'Ledger' }).click();
    await page.getByRole('heading', { name: /ledger/i }).first().waitFor();
    await page.getByRole('main').getByText(/^1 bounced|bounced/).first().click();
    await page.getByText(/mailbox full, quota exceeded/).first().waitFor();

    await page.goto('/admin/company');
    await page.getByRole('button', { name: 'Remove the demo' }).click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name: 'Remove the demo' }).click();
    // The account was nothing but the demo: Rapport stands as on the first day.
    while ((await client.setup.state()).isSetUp) await new Promise((resolve) => setTimeout(resolve, 100));
    await page.goto('/');
    await page.waitForURL('**/first-run');
  });
});

describe('the demo, asked for while setting up', { skip: noChromium, timeout: 400_000 }, () => {
  const journey = openJourney({ hasCompany: false });

  it('moves into the new company, puts its open cases on the founder’s desk, and leaves again', async () => {
    const { page } = await journey.sit();
    await page.getByRole('button', { name: 'Show me the demo company' }).click();
    await page.getByLabel('Your name').fill('Hanna Hafen');
    await page.getByLabel('Your e-mail').fill('hanna@harbour.test');
    await page.getByLabel(/^Password/).first().fill(PASSWORD);
    await page.getByRole('button', { name: 'Open the demo company' }).click();
    await page.getByRole('heading', { name: 'The demo company is moving in' }).waitFor();

    const founder = journey.product.caller();
    await founder.client.accounts.signIn({ body: { email: 'hanna@harbour.test', password: PASSWORD } });
    await eventually('the desk is full', async () => (await founder.client.cases.counts()).mine >= 12, 200);
    await eventually('and the demo complete', async () => (await founder.client.setup.fillDemo()).state === 'filled', 200);
    await page.goto('/cases/mine');
    await eventually('the cases are there to see', async () => (await page.getByRole('option').count()) >= 10);

    await page.goto('/admin/company');
    await page.getByRole('button', { name: 'Remove the demo' }).click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name: 'Remove the demo' }).click();
    await page.getByRole('button', { name: 'Fill in the demo' }).waitFor();
    await page.goto('/cases/open');
    await page.getByText('No cases yet').waitFor();
    assert.deepEqual((await founder.client.accounts.listAgents()).items.map((each) => each.name), ['Hanna Hafen']);
    assert.equal((await founder.client.ledger.summary()).isBalanced, true);
  });
});
