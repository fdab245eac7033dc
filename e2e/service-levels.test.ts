import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { viewContent } from '@rapport/contract';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

/** For whoever wants to see the pages: with LOOK set to a folder they are drawn in both themes and widths. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['LOOK'];
  if (!folder) return;
  const before = page.viewportSize();
  for (const [colorScheme, width] of [['light', 1440], ['dark', 1440], ['light', 390], ['dark', 390]] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

describe('service levels', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('an admin writes down when the team works, with two spans a day and a holiday, and is told what that means before it is saved', async () => {
    const { company } = journey;
    const { page, close } = await journey.sit(company.admin);
    await page.goto('/admin/calendars');
    await page.getByText('No calendar yet').waitFor();
    await page.getByRole('link', { name: 'New calendar' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Office');
    await page.getByRole('button', { name: /^Time zone/ }).click();
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Lisbon');
    await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
    await page.getByLabel('Monday: closes').fill('12:00');
    await page.getByRole('button', { name: 'Monday: add hours' }).click();
    await page.getByLabel('Monday: opens').nth(1).fill('13:00');
    await page.getByRole('button', { name: 'Tuesday to Friday like Monday' }).click();
    await page.getByRole('button', { name: 'Add a day' }).click();
    await page.getByText('Every special day needs a name and its days.').waitFor();
    await page.getByLabel('What it is').fill('Company party');
    await page.getByLabel('First day').fill('2031-07-01');
    await page.getByLabel('Last day').fill('2031-07-03');
    await page.getByText(/^It is (open|closed) now/).waitFor();
    await page.getByText('What comes in now is due on').waitFor();
    await look(page, 'calendar');
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Mon–Fri 09:00–12:00, 13:00–18:00').waitFor();
    await page.getByText('3 special days').waitFor();
    await look(page, 'calendars');
    assert.deepEqual(await findings(page), []);
    const [calendar] = (await company.admin.client.calendars.list()).items;
    assert.deepEqual([calendar?.hours.timeZone, calendar?.hours.specialDays.map(({ day }) => day)], ['Europe/Lisbon', ['2031-07-01', '2031-07-02', '2031-07-03']]);
    await close();
  });

  it('a policy makes every new case due, the list and the case say by when, and an answer keeps it', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    const { page, close } = await journey.sit(company.admin);
    await page.goto('/admin/service-levels');
    await page.getByText('Nothing is promised yet').waitFor();
    await page.getByRole('link', { name: 'New policy' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Everybody');
    const first = page.getByRole('spinbutton', { name: 'First response' });
    await first.fill('');
    await page.getByText('Promise at least one of the three.').waitFor();
    await first.fill('2');
    await look(page, 'policy');
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: '1. Everybody' }).waitFor();
    await page.getByText('First response 2 hr').waitFor();
    await look(page, 'policies');
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 1440, height: 900 });

    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@example.com>', to: company.address, subject: 'Where is it?', text: 'I am waiting for my parcel.' });
    await eventually('the case is due', async () => (await client.cases.list({ query: { shelf: 'open' } })).items[0]?.due?.kind === 'first_response');
    await page.goto('/cases/open/1');
    const chip = page.getByRole('button', { name: /^Service level: First response, Due in 1 hr/ });
    await chip.waitFor();
    await page.getByRole('option', { name: /Where is it\?.*Due in 1 hr/ }).waitFor();
    await chip.press('Enter');
    await page.getByText('Everybody: within 2 hr · Round the clock').waitFor();
    await look(page, 'case');
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('Escape');

    await client.cases.reply({ params: { caseId: (await client.cases.findByNumber({ params: { number: 1 } })).id }, body: { text: 'It comes tomorrow.', to: ['ida@example.com'] } });
    await page.getByRole('button', { name: /^Service level: First response, Nothing due/ }).click();
    await page.getByText(/^Kept on/).waitFor();
    assert.deepEqual(await findings(page), []);
    await close();
  });

  it('the order is changed with the arrows, what was removed comes back, and a calendar that is needed stays', async () => {
    const { company } = journey;
    const { client } = company.admin;
    const [calendar] = (await client.calendars.list()).items;
    await client.servicePolicies.create({ body: { name: 'Urgent ones', content: { conditions: { priorities: ['urgent'] }, calendarId: calendar?.id ?? null, targets: { firstResponse: 30, nextResponse: null, resolution: null }, warning: null } } });
    const { page, close } = await journey.sit(company.admin);
    await page.goto('/admin/service-levels');
    await page.getByText('Urgent', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Move Urgent ones up' }).press('Enter');
    await page.getByRole('link', { name: '1. Urgent ones' }).waitFor();
    await page.getByRole('link', { name: '2. Everybody' }).waitFor();

    await page.goto(`/admin/calendars/${calendar?.id ?? ''}`);
    await page.getByRole('button', { name: 'Remove calendar' }).click();
    await page.getByText('A service level counts by this calendar.').waitFor();

    await page.goto('/admin/service-levels');
    await page.getByRole('link', { name: '1. Urgent ones' }).click();
    await page.getByRole('button', { name: 'Remove policy' }).click();
    await page.getByRole('link', { name: '1. Everybody' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: '1. Urgent ones' }).waitFor();
    await close();
  });

  it('what is overdue says so in words, in the list, in a table and on the case, in German and in the dark', async () => {
    const { product, customers, company } = journey;
    const gerd = await company.hire('Gerd Grün');
    await gerd.client.accounts.updateProfile({ body: { locale: 'de' } });
    await customers.write(product.smtpPort, { from: 'Jon <jon@example.com>', to: company.address, subject: 'Still nothing', text: 'Nobody answers.' });
    await eventually('the case is due', async () => (await company.admin.client.cases.list({ query: { shelf: 'open' } })).items.some(({ due }) => due !== null));
    const { page, close } = await journey.sit(gerd, { colorScheme: 'dark', locale: 'de-DE' });
    await page.clock.setFixedTime(new Date(Date.now() + 5 * 3_600_000));
    await page.goto('/cases/open/2');
    await page.getByRole('button', { name: 'Servicelevel: Erste Antwort, 3 Std. überfällig' }).waitFor();
    await look(page, 'overdue');
    assert.deepEqual(await findings(page), []);
    const view = await gerd.client.views.create({ body: { name: 'Was zuerst', content: viewContent.parse({ filter: { due: { nextDays: 1 } }, sort: 'due', layout: 'table', columns: ['number', 'subject', 'due'] }) } });
    await page.goto(`/cases/view-${view.id}`);
    await page.getByRole('columnheader', { name: 'Fällig' }).waitFor();
    await page.getByRole('cell', { name: '3 Std. überfällig' }).waitFor();
    await page.getByText('Servicelevel fällig').waitFor();
    await look(page, 'table');
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await findings(page), []);
    await page.goto('/cases/open');
    await page.getByText('3 Std. überfällig').waitFor();
    assert.deepEqual(await findings(page), []);
    await close();
  });
});
