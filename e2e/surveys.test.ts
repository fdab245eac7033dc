import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { openShop, type Shop } from './shop.ts';

/** For whoever wants to see the pages: with LOOK set to a folder they are drawn in both themes and widths. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['LOOK'];
  if (!folder) return;
  const before = page.viewportSize();
  for (const [colorScheme, width] of [['light', 1440], ['dark', 390]] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

describe('asking customers how it was', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  let shop: Shop | undefined;
  let site: string;
  before(async () => {
    site = (await journey.company.admin.client.inboxes.create({ body: { channel: 'chat', name: 'Shop', settings: { title: 'Ask us', asks: { name: 'required', email: 'no' } } } })).address;
    shop = await openShop(journey.product.url, site);
  });
  after(() => shop?.close());

  it('a supervisor writes a survey; a customer answers on a telephone with one press in the mail, and a bad answer comes back to the desk', async () => {
    const { company, customers } = journey;
    const { page } = await journey.sit(company.admin);
    await page.goto('/admin/surveys');
    await page.getByText('Nobody is asked yet').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('link', { name: 'Write a survey' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Was it good?');
    await page.getByRole('textbox', { name: 'In your own words' }).fill('How did we do with your lamp?');
    await page.getByRole('figure').getByText('How did we do with your lamp?').waitFor();
    await page.getByRole('spinbutton', { name: 'After the case is solved' }).fill('');
    await page.getByRole('textbox', { name: 'What is to be done' }).fill('Ring the customer');
    await look(page, 'survey');
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Was it good?' }).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });

    await customers.write(journey.product.smtpPort, { from: 'Ole Holm <ole@elsewhere.test>', to: company.address, subject: 'My lamp', text: 'It does not shine.' });
    await page.goto('/cases/open');
    await page.getByRole('option', { name: /My lamp/ }).click();
    const { items: [row] } = await eventually('the case is there', async () => {
      const found = await company.admin.client.cases.list({ query: { shelf: 'open' } });
      return found.items.length > 0 && found;
    });
    assert.ok(row);
    await company.admin.client.cases.update({ params: { caseId: row.id }, body: { status: 'resolved' } });
    const { mail } = await eventually('the customer is asked', async () => customers.mailbox('ole@elsewhere.test').find((each) => each.mail.text?.includes('How did we do with your lamp?')));
    const link = /2: (http\S+)/.exec(mail.text ?? '')?.[1] ?? '';
    const phone = await (await journey.browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })).newPage();
    await phone.goto(link);
    await phone.getByRole('heading', { name: 'How did we do with your lamp?' }).waitFor();
    assert.equal(await phone.getByRole('radio', { name: '2', exact: true }).isChecked(), true);
    assert.deepEqual(await findings(phone), []);
    await look(phone, 'survey-customer');
    assert.equal((await company.admin.client.cases.get({ params: { caseId: row.id } })).status, 'resolved', 'opening the link answers nothing');
    // The first sign of a person.
    await phone.touchscreen.tap(195, 700);
    const story = page.getByRole('region', { name: 'What happened' });
    await page.goto(`/cases/open/${row.number}`);
    await story.getByText('rated our help 2 of 5').waitFor();
    await phone.getByRole('textbox').fill('It took three weeks.');
    await phone.getByRole('button', { name: 'Send' }).click();
    await phone.getByRole('heading', { name: 'Thank you.' }).waitFor();
    assert.deepEqual(await findings(phone), []);
    await story.getByText('“It took three weeks.”').waitFor();
    await page.getByText('Ring the customer').first().waitFor();
    assert.equal((await company.admin.client.cases.get({ params: { caseId: row.id } })).status, 'open');
    await look(page, 'survey-case');

    await page.goto('/reports/surveys');
    await page.getByRole('button', { name: /^2: given/ }).click();
    await page.getByRole('dialog').getByText('It took three weeks.').waitFor();
    await look(page, 'survey-report');
    assert.deepEqual(await findings(page), []);
  });

  it('whoever chatted is asked in the panel, by keyboard, and can say it otherwise', async () => {
    const { company } = journey;
    const page = await (await journey.browser.newContext()).newPage();
    await page.goto(shop?.url ?? '');
    await page.getByRole('button', { name: 'Chat with us' }).click();
    const panel = page.frameLocator('iframe');
    await panel.getByLabel('Your name').fill('Ines Ohm');
    await panel.getByLabel('Write a message').fill('Are you open today?');
    await panel.getByLabel('Write a message').press('Enter');
    await panel.getByText('Sent').waitFor();
    const row = await eventually('the chat is a case', async () => (await company.admin.client.cases.list({ query: { shelf: 'open' } })).items.find(({ customer }) => customer.name === 'Ines Ohm'));
    await company.admin.client.cases.update({ params: { caseId: row.id }, body: { status: 'resolved' } });
    await panel.getByText('How did we do with your lamp?').waitFor();
    await panel.getByRole('radio', { name: '1, very dissatisfied' }).focus();
    await page.keyboard.press('Space');
    for (const _ of [2, 3, 4]) await page.keyboard.press('ArrowRight');
    await panel.getByRole('textbox', { name: 'What was good' }).fill('Quick.');
    await look(page, 'survey-panel');
    await panel.getByRole('button', { name: 'Send', exact: true }).first().click();
    await panel.getByText('Thank you.').waitFor();
    const { page: desk } = await journey.sit(company.admin);
    await desk.goto(`/cases/resolved/${row.number}`);
    await desk.getByRole('region', { name: 'What happened' }).getByText('rated our help 4 of 5').waitFor();
  });
});
