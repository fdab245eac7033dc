import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { written } from './written.ts';

describe('what somebody has begun to write', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  const editor = (page: Page) => page.getByRole('textbox', { name: 'Reply to Ida Berg' });
  const note = (page: Page) => page.getByRole('textbox', { name: /^Note on the case/ });
  const holds = (page: Page, text: string) => eventually(`the editor holds “${text}”`, async () => (await written(editor(page))) === text);

  it('survives another case, a reload, a closed tab and another device, and is gone once sent', async () => {
    const { product, customers, company } = journey;
    for (const [from, subject] of [['Ida Berg <ida@elsewhere.test>', 'Lamp'], ['Jon Dahl <jon@elsewhere.test>', 'Table']]) await customers.write(product.smtpPort, { from: String(from), to: company.address, subject: String(subject), text: 'Hello?' });
    const first = await journey.sit(company.admin);
    await first.page.getByRole('link', { name: /^Unassigned/ }).click();
    await first.page.getByRole('option', { name: /Ida Berg/ }).click();
    await editor(first.page).pressSequentially('Dear Ida, half a thought');
    await first.page.getByRole('button', { name: 'Note', exact: true }).click();
    await note(first.page).pressSequentially('ask the depot');

    await first.page.getByRole('option', { name: /Jon Dahl/ }).click();
    await first.page.getByRole('textbox', { name: 'Reply to Jon Dahl' }).waitFor();
    await first.page.getByRole('option', { name: /Ida Berg/ }).click();
    await first.page.getByRole('button', { name: 'Reply', exact: true }).click();
    await holds(first.page, 'Dear Ida, half a thought');

    await first.page.reload();
    await first.page.getByRole('button', { name: 'Reply', exact: true }).click();
    await holds(first.page, 'Dear Ida, half a thought');

    // Closed in the middle of a word, before anything could be saved at leisure.
    await editor(first.page).press('End');
    await editor(first.page).pressSequentially(' and a half');
    await first.page.close();
    const tab = await first.context.newPage();
    await tab.goto('/');
    await tab.getByRole('link', { name: /^Unassigned/ }).click();
    await tab.getByRole('option', { name: /Ida Berg/ }).click();
    await tab.getByRole('button', { name: 'Reply', exact: true }).click();
    await holds(tab, 'Dear Ida, half a thought and a half');
    await tab.getByText(/^Draft saved/).waitFor();

    // Another device has nothing but the server.
    const second = await journey.sit(company.admin);
    await second.page.getByRole('link', { name: /^Unassigned/ }).click();
    await second.page.getByRole('option', { name: /Ida Berg/ }).click();
    await second.page.getByRole('button', { name: 'Reply', exact: true }).click();
    await holds(second.page, 'Dear Ida, half a thought and a half');
    await second.page.getByRole('button', { name: 'Note', exact: true }).click();
    await eventually('the note is there too', async () => (await written(note(second.page))) === 'ask the depot');

    await second.page.getByRole('button', { name: 'Reply', exact: true }).click();
    await second.page.getByRole('button', { name: /^Send/ }).click();
    await second.page.getByRole('button', { name: 'Send now' }).click();
    await customers.mailFor('ida@elsewhere.test');
    await holds(second.page, '');
    await holds(tab, '');
  });
});
