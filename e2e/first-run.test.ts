import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { PASSWORD } from './company.ts';
import { openJourney } from './journey.ts';

describe('the first day', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney({ hasCompany: false });

  it('leads from nothing to an answer that has reached the customer', async () => {
    const { page } = await journey.sit();
    await page.waitForURL('**/first-run');
    await page.getByLabel('What is your company called?').fill('Harbour Goods');
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByLabel('Your name').fill('Hanna Hafen');
    assert.deepEqual(await findings(page), []);
    await page.getByLabel('Your e-mail').fill('hanna@harbour.test');
    await page.getByLabel(/^Password/).first().fill('short');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(/at least 10 characters/i).first().waitFor();
    await page.getByLabel(/^Password/).first().fill(PASSWORD);
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByLabel('Address of the inbox').fill('help@harbour.test');
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Open the desk' }).click();

    // The first customer is oneself.
    await page.getByRole('heading', { name: /Here comes the first customer/ }).waitFor();
    await page.getByLabel('Subject').fill('Is the shop open?');
    await page.getByRole('button', { name: 'Send it as the customer' }).click();
    await page.getByText('The mail has become case #1').waitFor();
    await page.getByRole('button', { name: 'Open the case' }).click();
    await page.getByRole('heading', { name: 'Is the shop open?' }).waitFor();
    await page.getByRole('textbox', { name: 'Reply to Greta Sommer' }).fill('It is, from nine to six.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByRole('button', { name: 'Send now' }).click();
    await page.getByText('Accepted by the mail server').waitFor();

    await page.getByRole('link', { name: 'First steps' }).click();
    await page.getByRole('heading', { name: 'Your first answer has arrived' }).waitFor();
    await page.getByText('It is, from nine to six.').waitFor();
    await page.getByRole('button', { name: 'See it in the customer’s mailbox' }).click();
    await page.waitForURL('**/mailbox/**');
    await page.getByText('It is, from nine to six.').filter({ visible: true }).first().waitFor();
  });

  it('is over: whoever comes later signs in', async () => {
    const { page } = await journey.sit();
    await page.waitForURL('**/sign-in**');
    await page.getByLabel('E-mail').fill('hanna@harbour.test');
    await page.getByLabel('Password', { exact: true }).fill('not this one at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(/E-mail or password is not right/i).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: /^My open/ }).waitFor();

    // And a mail from outside needs nothing more than the address.
    const { product, customers } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: 'help@harbour.test', subject: 'From outside', text: 'Hello!' });
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Ida Berg.*From outside/ }).waitFor();
    const state = await journey.product.caller().client.setup.state();
    assert.equal(state.isSetUp, true);
  });
});
