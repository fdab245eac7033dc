import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('searching with filters', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('narrows down by keyboard alone, mends a typo, opens a hit where it was found, and comes back by a saved search', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    await customers.write(product.smtpPort, { from: 'Ines Heron <ines@elsewhere.test>', to: company.address, subject: 'Leaking machine', text: `My espresso machine leaks at the portafilter.\n${'And a line to fill the page.\n'.repeat(60)}` });
    await customers.write(product.smtpPort, { from: 'Otto Grebe <otto@elsewhere.test>', to: company.address, subject: 'A question', text: 'Does the espresso machine come with a portafilter?' });
    const { items } = await client.cases.list({ query: { shelf: 'open' } });
    const leaking = items.find((each) => each.subject === 'Leaking machine');
    assert.ok(leaking);
    await client.cases.update({ params: { caseId: leaking.id }, body: { priority: 'urgent', addTags: ['repair'] } });

    const { page } = await journey.sit(company.admin);
    const { keyboard } = page;
    const main = page.getByRole('main');
    let clicks = 0;
    await page.exposeFunction('countClick', () => void (clicks += 1));
    await page.getByRole('link', { name: /^My open/ }).waitFor();
    await page.evaluate(`addEventListener('pointerdown', () => countClick(), true)`);

    await keyboard.press('/');
    const box = page.getByRole('combobox', { name: 'Search' });
    await box.waitFor();
    await page.locator('input:focus').waitFor();
    await keyboard.type('expresso');
    await page.getByText('Did you mean espresso?').waitFor();
    await keyboard.press('Enter');
    await main.getByText('A question').waitFor();
    await main.getByText('Leaking machine').waitFor();
    assert.equal(await box.inputValue(), 'espresso');

    // Name and value of a filter, both chosen from what is suggested.
    await keyboard.type(' prio');
    await page.getByRole('option', { name: /^priority:/ }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByRole('option', { name: 'Urgent' }).waitFor();
    await keyboard.type('ur');
    await page.getByRole('option', { name: 'Low' }).waitFor({ state: 'detached' });
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await main.getByText('A question').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove Priority: Urgent' }).waitFor();
    await main.getByText('Leaking machine').waitFor();
    assert.match(page.url(), /priority/);

    await page.getByRole('button', { name: 'Save this search' }).focus();
    await keyboard.press('Enter');
    const name = page.getByRole('dialog').getByLabel('Name');
    await name.waitFor();
    await name.fill('Urgent machines');
    await keyboard.press('Enter');
    await page.getByText('Saved as “Urgent machines”').waitFor();

    await box.focus();
    await keyboard.press('ArrowDown');
    await page.locator('a[data-hit]:focus').waitFor();
    await keyboard.press('Enter');
    const pane = page.getByRole('region', { name: /^Case / });
    await pane.locator('[data-found]').waitFor();
    await page.waitForFunction(`CSS.highlights.get('found')?.size > 0 || [...document.querySelectorAll('iframe')].some((frame) => frame.contentWindow.CSS.highlights.get('found')?.size > 0)`);

    // Back by name, from anywhere.
    await page.locator('[data-case-list], [role=region]').first().focus();
    await keyboard.press('Control+k');
    await page.getByPlaceholder('Do, go or find anything…').waitFor();
    await keyboard.type('Urgent mach');
    await page.getByRole('option', { name: 'Urgent machines' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove Priority: Urgent' }).waitFor();
    await main.getByText('Leaking machine').waitFor();
    assert.equal(clicks, 0, 'no pointer was used');
    assert.deepEqual(await findings(page), []);
  });

  it('changes everything that a search finds at once, and undoes it', async () => {
    const { company } = journey;
    const { client } = company.admin;
    for (let i = 1; i <= 27; i += 1) await client.cases.create({ body: { inboxId: company.inboxId, customer: { email: `recall${i}@elsewhere.test`, name: `Person ${i}` }, subject: `Recall ${i}`, note: 'The thermostat batch is called back.' } });
    const { page } = await journey.sit(company.admin);
    const { keyboard } = page;
    await page.goto('/search?q=thermostat');
    const main = page.getByRole('main');
    await main.getByText('27 cases', { exact: true }).first().waitFor();
    await page.getByRole('combobox', { name: 'Search' }).focus();
    await keyboard.press('ArrowDown');
    await page.locator('a[data-hit]:focus').waitFor();
    await keyboard.press('x');
    await page.getByText('1 case selected').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'All 27 of this search' }).click();
    const bar = page.getByRole('region', { name: 'Change the selected cases' });
    await bar.getByRole('status').getByText('All 27 of this search').waitFor();
    await bar.getByRole('button', { name: 'Priority…' }).click();
    await page.getByRole('option', { name: 'Urgent' }).click();
    await page.getByText('27 cases changed').waitFor();
    const urgent = async () => (await client.cases.search({ query: { q: 'thermostat priority:urgent' } })).total;
    assert.equal(await urgent(), 27, 'those that were not on the page too');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('27 cases put back').waitFor();
    assert.equal(await urgent(), 0);
  });

  it('opens an old message far up in a long case', async () => {
    const { company } = journey;
    const { client } = company.admin;
    const made = await client.cases.create({ body: { inboxId: company.inboxId, customer: { email: 'long@elsewhere.test', name: 'Long Story' }, subject: 'A long story', note: 'It began with a capercaillie.' } });
    for (let i = 0; i < 70; i += 1) await client.cases.addNote({ params: { caseId: made.id }, body: { text: `Chapter ${i}` } });
    const { page } = await journey.sit(company.admin);
    await page.goto('/search?q=capercaillie');
    await page.getByRole('main').getByText('A long story').click();
    await page.locator('[data-found]').getByText('It began with a capercaillie.').waitFor();
    await page.waitForFunction(`(() => { const box = document.querySelector('[data-found]').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; })()`);
    // And by its number, from anywhere.
    await page.locator('[role=region]').first().focus();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByPlaceholder('Do, go or find anything…').waitFor();
    await page.keyboard.type(String(made.number));
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: `Case ${made.number}` }).waitFor();
  });
});
