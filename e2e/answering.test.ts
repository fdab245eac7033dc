import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { eventually } from '../server/testing/mail/free-port.ts';
import { openJourney } from './journey.ts';
import { written } from './written.ts';

describe('a question and its answer', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('travels from the customer to the agent and back, in one thread', async () => {
    const { product, customers, company } = journey;
    const { page } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByText('No cases yet').waitFor();

    // The mail appears in the open browser by itself.
    const firstId = await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Where is my lamp?', text: 'Hello,\n\nI ordered a lamp two weeks ago.\n\nIda' });
    const row = page.getByRole('option', { name: /Ida Berg.*Where is my lamp\?/ });
    await row.waitFor();
    assert.match((await row.getAttribute('aria-label')) ?? (await row.innerText()), /Ida Berg/);

    await row.click();
    const story = page.getByRole('region', { name: 'What happened' });
    await story.getByText('I ordered a lamp two weeks ago.').waitFor();

    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByRole('textbox', { name: /^Note on the case/ }).fill('Parcel is at the depot, asked them to hurry.');
    await page.getByRole('button', { name: /^Add note/ }).click();
    await story.getByRole('article', { name: /^Note by Hanna Hafen/ }).waitFor();

    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).fill('Hello Ida,\n\nit is on its way and arrives on Friday.\n\nHanna');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByRole('button', { name: 'Send now' }).click();
    await story.getByText('Accepted by the mail server').waitFor();

    const answer = await customers.mailFor('ida@elsewhere.test');
    assert.match(answer.mail.text ?? '', /arrives on Friday/);
    assert.equal(answer.mail.subject, 'Re: Where is my lamp?');
    assert.equal(answer.mail.from?.address, company.address);
    assert.equal(answer.mail.inReplyTo, firstId);
    assert.ok(answer.mail.references?.includes(firstId));
    assert.doesNotMatch(answer.raw, /asked them to hurry/, 'a note never leaves');

    // The customer answers from her mail program, which knows nothing but what it got.
    await page.getByRole('button', { name: 'Status: Pending' }).waitFor();
    const replyTo = answer.mail.replyTo?.[0]?.address ?? company.address;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: replyTo, subject: 'Re: Where is my lamp?', inReplyTo: answer.messageId, references: [firstId, answer.messageId], text: 'Friday is fine, thank you!' });
    await story.getByText('Friday is fine, thank you!').waitFor();
    await page.getByRole('button', { name: 'Status: Open' }).waitFor();
    const { items } = await company.admin.client.cases.list({ query: { shelf: 'open' } });
    assert.equal(items.length, 1, 'one matter, one case');
    assert.equal(items[0]?.messageCount, 3);
  });

  it('an answer can be called back before it goes out', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Jon Dahl <jon@elsewhere.test>', to: company.address, subject: 'Colour', text: 'Is it blue?' });
    const { page } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Jon Dahl/ }).click();
    const box = page.getByRole('textbox', { name: 'Reply to Jon Dahl' });
    await box.fill('It is green.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await eventually('the text is back in the editor', async () => (await written(box)) === 'It is green.');
    await box.fill('It is blue.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByRole('button', { name: 'Send now' }).click();
    const { mail } = await customers.mailFor('jon@elsewhere.test');
    assert.match(mail.text ?? '', /It is blue/);
    assert.equal(customers.mailbox('jon@elsewhere.test').length, 1);
  });
});
