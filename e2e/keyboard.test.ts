import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { written } from './written.ts';

describe('with the keyboard alone', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  const titleIs = (page: Page, title: string) => page.getByRole('region', { name: /^Case / }).getByRole('heading', { name: title }).waitFor();

  it('cases are read, answered, taken, snoozed, tagged and resolved', async () => {
    const { product, customers, company } = journey;
    // In this order, so that the list, newest first, shows C, B, A.
    for (const letter of ['A', 'B', 'C']) await customers.write(product.smtpPort, { from: `Person ${letter} <${letter.toLowerCase()}@elsewhere.test>`, to: company.address, subject: `Matter ${letter}`, text: 'Hello?' });
    const { client } = company.admin;
    const { page } = await journey.sit(company.admin);
    const { keyboard } = page;
    let clicks = 0;
    await page.exposeFunction('countClick', () => void (clicks += 1));
    await page.evaluate(`addEventListener('pointerdown', () => countClick(), true)`);
    await page.getByRole('link', { name: /^My open/ }).waitFor();

    await keyboard.press('g');
    await keyboard.press('u');
    await page.getByRole('option', { name: /Matter C/ }).waitFor();
    await keyboard.press('j');
    await titleIs(page, 'Matter C');
    await keyboard.press('j');
    await titleIs(page, 'Matter B');
    await keyboard.press('k');
    await titleIs(page, 'Matter C');

    // Reply and send: three acts and the words.
    const editor = page.getByRole('textbox', { name: 'Reply to Person C' });
    await editor.waitFor();
    await keyboard.press('r');
    await page.locator('[role=textbox]:focus, textarea:focus').waitFor();
    await keyboard.type('jkez rin/?gu');
    assert.equal(await written(editor), 'jkez rin/?gu', 'letters are letters while one writes');
    await titleIs(page, 'Matter C');
    await keyboard.press('Control+Enter');
    await page.getByText(/Goes out in/).waitFor();
    await keyboard.press('Escape');
    await keyboard.press('u');
    await eventually('undone, the text is back', async () => (await written(editor)) === 'jkez rin/?gu');
    await keyboard.press('r');
    await page.locator('[role=textbox]:focus, textarea:focus').waitFor();
    await keyboard.press('Control+a');
    await keyboard.type('It is on its way.');
    await keyboard.press('Control+Enter');
    await page.getByText(/Goes out in/).waitFor();
    await keyboard.press('Escape');
    assert.match((await customers.mailFor('c@elsewhere.test')).mail.text ?? '', /on its way/);

    await keyboard.press('g');
    await keyboard.press('u');
    await page.getByRole('option', { name: /Matter B/ }).waitFor();
    await keyboard.press('j');
    await titleIs(page, 'Matter B');
    await keyboard.press('i');
    await page.getByRole('button', { name: 'Assignee: Hanna Hafen' }).waitFor();
    await keyboard.press('t');
    await page.getByPlaceholder('Add or remove tags…').waitFor();
    await keyboard.type('lamp');
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    await page.getByRole('button', { name: /Tags: lamp/ }).waitFor();
    await keyboard.press('n');
    await page.locator('[role=textbox]:focus, textarea:focus').and(page.getByRole('textbox', { name: /^Note on the case/ })).waitFor();
    await keyboard.type('Called the depot.');
    await keyboard.press('Control+Enter');
    await page.getByRole('article', { name: /^Note by Hanna Hafen/ }).waitFor();
    await keyboard.press('Escape');
    await keyboard.press('e');
    await eventually('resolved', async () => (await client.cases.findByNumber({ params: { number: 2 } })).status === 'resolved');
    // Undo takes it back.
    await keyboard.press('u');
    await eventually('open again', async () => (await client.cases.findByNumber({ params: { number: 2 } })).status === 'open');

    await page.goto('/cases/open/1');
    await titleIs(page, 'Matter A');
    await keyboard.press('b');
    await page.getByPlaceholder('Snooze until…').waitFor();
    await keyboard.type('tomorrow');
    await keyboard.press('Enter');
    await eventually('asleep', async () => (await client.cases.findByNumber({ params: { number: 1 } })).shelf === 'snoozed');

    await keyboard.press('/');
    await page.waitForURL('**/search**');
    await page.locator('input:focus').waitFor();
    await keyboard.type('depot');
    await page.getByText('Matter B').first().waitFor();
    await keyboard.press('Escape');

    await page.goto('/cases/mine');
    await page.getByRole('link', { name: /^My open/ }).waitFor();
    await keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Next case', { exact: true }).waitFor();
    await keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });

    await keyboard.press('Control+k');
    await page.getByPlaceholder('Do, go or find anything…').waitFor();
    await keyboard.type('ledger');
    await keyboard.press('Enter');
    await page.waitForURL('**/ledger**');
    assert.equal(clicks, 0, 'no pointer was used');
  });
});
