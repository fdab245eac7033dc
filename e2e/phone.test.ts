import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('on a phone', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('list, case and answer follow each other, and the way back leads home', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: `Where is it?\n\n${'A long story. '.repeat(40)}` });
    const { page } = await journey.sit(company.admin, PHONE);
    const isWide = () => page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');

    await page.goto('/cases/unassigned');
    const row = page.getByRole('option', { name: /Ida Berg/ });
    await row.waitFor();
    assert.equal(await isWide(), false, 'the list fits');
    await row.tap();
    await page.getByRole('region', { name: 'What happened' }).getByText('Where is it?').waitFor();
    assert.equal(await page.getByRole('option').count(), 0, 'one thing at a time');
    assert.equal(await isWide(), false, 'the case fits');

    const editor = page.getByRole('textbox', { name: 'Reply to Ida Berg' });
    await editor.tap();
    await editor.fill('It comes on Friday.');
    const send = page.getByRole('button', { name: /^Send/ });
    const box = await send.boundingBox();
    assert.ok(box && box.height >= 32 && box.x + box.width <= 390, JSON.stringify(box));
    await send.tap();
    await page.getByRole('button', { name: 'Send now' }).tap();
    const { mail } = await customers.mailFor('ida@elsewhere.test');
    assert.match(mail.text ?? '', /on Friday/);
    await page.getByText('Accepted by the mail server').waitFor();

    await page.getByRole('button', { name: 'Show or hide the customer' }).tap();
    await page.getByText('Good to know').waitFor();
    assert.equal(await isWide(), false, 'the customer fits');
    await page.getByRole('button', { name: 'Back to the case' }).tap();
    await page.getByRole('button', { name: 'Back to the list' }).tap();
    await page.getByRole('heading', { name: 'Unassigned' }).waitFor();
  });
});
