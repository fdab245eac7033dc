import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('a server that dies while somebody works', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('comes back, and the open browser goes on by itself with nothing lost', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: 'Where is it?' });
    const { page } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Ida Berg/ }).click();
    await page.getByRole('region', { name: 'What happened' }).getByText('Where is it?').waitFor();

    await product.kill();
    await page.getByText(/^No connection/).waitFor();
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).fill('It comes on Friday.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByText('Waits for the connection. It will be sent by itself.').waitFor();

    await product.startAgain();
    const { mail } = await customers.mailFor('ida@elsewhere.test');
    assert.match(mail.text ?? '', /on Friday/);
    // What comes in now shows again without anybody doing anything.
    await customers.write(product.smtpPort, { from: 'Jon Dahl <jon@elsewhere.test>', to: company.address, subject: 'Table', text: 'Round or square?' });
    await page.getByRole('option', { name: /Jon Dahl/ }).waitFor();
    await page.getByText(/^No connection/).waitFor({ state: 'hidden' });
    assert.equal(customers.mailbox('ida@elsewhere.test').length, 1);
    const summary = await company.admin.client.ledger.summary();
    assert.equal(summary.isBalanced, true);
    assert.equal(summary.in.seen, 2);
    assert.equal(summary.out.states.accepted, 1);
  });
});
