import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

const lines = (...all: string[]): string => all.join('\r\n');
const calendar = lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:1@home.test', 'SUMMARY:Repair of the lamp', 'LOCATION:The shop', 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'DTEND;TZID=Europe/Berlin:20260302T110000', 'ORGANIZER;CN=Ada:mailto:ada@home.test', 'END:VEVENT', 'END:VCALENDAR');
const QUOTE = '<div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 4, 2024 at 10:12 AM Support &lt;help@desk.test&gt; wrote:<br></div><blockquote class="gmail_quote">Which lamp do you mean?</blockquote></div>';

describe('what comes with a mail', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('is folded, shown as a card, or named, and everything stays one click away', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, {
      from: 'Ada Home <ada@home.test>', to: company.address, subject: 'The lamp', text: 'The blue one.\n\nOn Mon, Nov 4, 2024 at 10:12 AM Support <help@desk.test> wrote:\n> Which lamp do you mean?\n\n-- \nAda Home\nHarbour 4', icalEvent: { method: 'REQUEST', content: calendar },
      attachments: [{ filename: 'mail.eml', contentType: 'message/rfc822', content: lines('From: Lamps <info@lamps.test>', 'To: ada@home.test', 'Subject: Your order', '', 'Your order is late.') }],
    });
    await customers.write(product.smtpPort, { from: 'Ben Html <ben@home.test>', to: company.address, subject: 'The same in colour', text: 'The red one.', html: `<p>The red one.</p>${QUOTE}` });
    const { page } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Ada Home/ }).click();
    const card = page.getByRole('article').filter({ hasText: 'The blue one.' });
    await card.getByText('The blue one.').waitFor();
    assert.equal(await card.getByText('Which lamp do you mean?').isVisible(), false);
    assert.equal(await card.getByText('Harbour 4').isVisible(), false);
    await card.getByLabel('Show or hide quoted text').click();
    await card.getByText('Which lamp do you mean?').waitFor();
    await card.getByLabel('Show or hide the signature').click();
    await card.getByText('Harbour 4').waitFor();

    const appointment = card.getByRole('region', { name: 'Appointment' });
    await appointment.getByText('Repair of the lamp').waitFor();
    await appointment.getByText('Invitation').waitFor();
    await appointment.getByText('Europe/Berlin').waitFor();
    await card.getByText('Your order', { exact: true }).first().click();
    await card.getByText('Your order is late.').waitFor();
    await page.goto(`${product.url}/`);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Ben Html/ }).click();
    const frame = page.frameLocator('iframe[title="Message from Ben Html"]');
    await frame.getByText('The red one.').waitFor();
    assert.equal(await frame.getByText('Which lamp do you mean?').isVisible(), false);
    await frame.getByLabel('Show or hide quoted text').click();
    await frame.getByText('Which lamp do you mean?').waitFor();
  });
});
