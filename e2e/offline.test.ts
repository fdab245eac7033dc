import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('without a connection', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('work goes on, and what was sent goes out exactly once when the connection is back', async () => {
    const { product, customers, company, cable } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: 'Where is it?' });
    const { page } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Ida Berg/ }).click();
    await page.getByRole('region', { name: 'What happened' }).getByText('Where is it?').waitFor();

    cable.pull();
    await page.getByText(/^No connection/).waitFor();
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).fill('On Friday, I promise.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByText('Waits for the connection. It will be sent by itself.').waitFor();
    assert.equal(customers.mailbox('ida@elsewhere.test').length, 0);

    cable.plugIn();
    // The time for taking it back begins when the server has it.
    await page.getByRole('button', { name: 'Send now' }).click();
    const { mail } = await customers.mailFor('ida@elsewhere.test');
    assert.match(mail.text ?? '', /On Friday/);
    await page.getByText(/^No connection/).waitFor({ state: 'hidden' });
    await page.getByRole('region', { name: 'What happened' }).getByText('Accepted by the mail server').waitFor();
    const { items } = await company.admin.client.cases.list({ query: { shelf: 'pending' } });
    assert.equal(items[0]?.messageCount, 2, 'written once');
    assert.equal(customers.mailbox('ida@elsewhere.test').length, 1, 'sent once');
  });

  it('an answer whose acknowledgement gets lost is not sent twice', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Jon Dahl <jon@elsewhere.test>', to: company.address, subject: 'Table', text: 'Round or square?' });
    const { page } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Jon Dahl/ }).click();
    // The server does the work, but its answer never reaches the browser.
    let isLost = false;
    await page.route('**/planned', async (route) => {
      if (isLost || route.request().method() !== 'POST') return route.continue();
      isLost = true;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.getByRole('textbox', { name: 'Reply to Jon Dahl' }).fill('Round.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByRole('button', { name: 'Send now' }).click();
    await customers.mailFor('jon@elsewhere.test');
    await eventually('the answer is no longer waiting', async () => (await page.getByText(/Waits for the connection|Sending…/).count()) === 0);
    await page.getByRole('region', { name: 'What happened' }).getByText('Accepted by the mail server').waitFor();
    assert.ok(isLost);
    const { items } = await company.admin.client.cases.list({ query: { shelf: 'pending' } });
    assert.equal(items.find((each) => each.customer.name === 'Jon Dahl')?.messageCount, 2);
    assert.equal(customers.mailbox('jon@elsewhere.test').length, 1);
  });

  it('a part of the page that the lost connection took comes when it is back, and nothing around it goes', async () => {
    const { cable, company } = journey;
    // The first time somebody is here: nothing is kept on the device yet.
    const { page } = await journey.sit(company.admin);
    await page.getByRole('listbox').waitFor();
    cable.pull();
    await page.keyboard.press('?');
    await page.getByText(/^No connection/).waitFor();
    await page.getByRole('link', { name: 'Reports' }).click();
    assert.ok(await page.getByRole('navigation', { name: 'Views' }).isVisible(), 'the page stays until the next one is there');
    cable.plugIn();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor();
  });
});
