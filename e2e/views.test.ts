import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { viewContent } from '@rapport/contract';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('views', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('a view whose field was removed says what is missing, and its owner keeps what is left of it', async () => {
    const { client } = journey.company.admin;
    const field = await client.caseFields.create({ body: { name: 'Contract', type: 'text' } });
    const view = await client.views.create({ body: { name: 'By contract', content: viewContent.parse({ filter: { priorities: ['urgent'], fields: [{ fieldId: field.id, value: 'K-7' }] } }) } });
    await client.caseFields.remove({ params: { fieldId: field.id } });
    const { page } = await journey.sit(journey.company.admin);
    await page.goto('/cases/open');
    await page.getByRole('link', { name: /^By contract.*Something this view needs is gone/ }).click();
    await page.getByText('A field it filters or orders by was removed.').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Keep what is left' }).click();
    await page.getByText('A field it filters or orders by was removed.').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /^Priority Urgent/ }).waitFor();
    assert.deepEqual((await client.views.get({ params: { viewId: view.id } })).missing, []);
    await client.views.remove({ params: { viewId: view.id } });
  });

  it('a list is filtered by keyboard, saved, shared, and opened by a colleague at its address', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    for (const letter of ['A', 'B', 'C']) await customers.write(product.smtpPort, { from: `Person ${letter} <${letter.toLowerCase()}@elsewhere.test>`, to: company.address, subject: `Matter ${letter}`, text: 'Hello?' });
    await eventually('all three are there', async () => (await client.cases.list({ query: {} })).items.length === 3);
    const idOf = async (number: number) => (await client.cases.findByNumber({ params: { number } })).id;
    await client.cases.update({ params: { caseId: await idOf(1) }, body: { kind: 'complaint' } });
    await client.cases.update({ params: { caseId: await idOf(3) }, body: { kind: 'problem', priority: 'urgent' } });

    const { page } = await journey.sit(company.admin);
    const { keyboard } = page;
    await page.getByRole('link', { name: /^My open/ }).waitFor();
    await page.goto('/cases/open');
    await page.getByRole('option', { name: /Matter B/ }).waitFor();

    await keyboard.press('F');
    await page.getByPlaceholder('Filter by…').waitFor();
    await keyboard.type('kind');
    await keyboard.press('Enter');
    await page.getByPlaceholder('Kind…').waitFor();
    await keyboard.type('complaint');
    await keyboard.press('Enter');
    await page.getByRole('option', { name: /Matter B/ }).waitFor({ state: 'hidden' });
    await keyboard.type('problem');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: /Kind Problem, Complaint|Kind Complaint, Problem/ }).waitFor();
    await keyboard.press('Escape');
    await page.getByPlaceholder('Kind…').waitFor({ state: 'hidden' });
    await page.getByRole('option', { name: /Matter C/ }).waitFor();
    const unsaved = page.url();

    await keyboard.press('V');
    await page.getByRole('dialog', { name: 'Save as a view' }).getByLabel('Name').waitFor();
    await page.locator('input:focus').waitFor();
    await keyboard.type('Trouble');
    await keyboard.press('Enter');
    await page.waitForURL('**/cases/view-*');
    await page.getByRole('link', { name: /^Trouble/ }).waitFor();
    await eventually('counted', async () => /2/.test((await page.getByRole('link', { name: /^Trouble/ }).textContent()) ?? ''));

    // What is not a complaint any more leaves the list without a reload.
    await client.cases.update({ params: { caseId: await idOf(1) }, body: { kind: 'question' } });
    await page.getByRole('option', { name: /Matter A/ }).waitFor({ state: 'hidden' });

    // Changed, it is offered to be kept; kept, it is what it has become.
    await page.getByRole('button', { name: 'Remove the filter: Status' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.waitForURL('**/cases/view-*');
    await page.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'More for Trouble' }).click();
    await page.getByRole('menuitem', { name: 'Edit and share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit and share' });
    await dialog.getByRole('combobox', { name: 'Who sees it' }).click();
    await page.getByRole('option', { name: 'Everyone' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const address = page.url();
    assert.match(address, /\/cases\/view-/);

    const colleague = await journey.sit(await company.hire('Colin Colleague'));
    await colleague.page.getByRole('link', { name: /^Trouble/ }).waitFor();
    await colleague.page.goto(new URL(address).pathname);
    await colleague.page.getByRole('option', { name: /Matter C/ }).waitFor();
    await colleague.page.keyboard.press('j');
    await colleague.page.getByRole('region', { name: /^Case / }).getByRole('heading', { name: 'Matter C' }).waitFor();
    assert.match(new URL(colleague.page.url()).pathname, /\/cases\/view-[\da-f-]+\/3$/);
    // One that is not saved can be sent as well; it shows what its address says.
    await colleague.page.goto(new URL(unsaved).pathname);
    await colleague.page.getByRole('option', { name: /Matter C/ }).waitFor();
    assert.equal(await colleague.page.getByRole('option', { name: /Matter B/ }).count(), 0);
  });

  it('what is left out is chosen like anything else, and a view of everybody is removed only after a question', async () => {
    const { page } = await journey.sit(journey.company.admin);
    const choose = async (part: string, ...options: string[]) => {
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByPlaceholder('Filter by…').fill(part);
      await page.keyboard.press('Enter');
      for (const option of options) await page.getByRole('dialog').getByRole('option', { name: option }).click();
      await page.keyboard.press('Escape');
    };
    await page.goto(`/cases/filter-${Buffer.from(JSON.stringify(viewContent.parse({ filter: {} }))).toString('base64url')}`);
    const row = (name: string) => page.getByRole('listbox', { name: /cases/i }).getByRole('option', { name });
    await row('Matter A').waitFor();
    await choose('Customer is not', 'Person A');
    await page.getByRole('button', { name: /^Customer is not Person A/ }).waitFor();
    await row('Matter A').waitFor({ state: 'hidden' });
    await choose('Number of messages', '2 or fewer');
    await choose('Channel is not', 'Chat');
    await row('Matter B').waitFor();
    await choose('Status is not', 'Resolved');
    await page.reload();
    await page.getByRole('button', { name: /^Customer is not Person A/ }).waitFor();
    await page.getByRole('button', { name: /^Number of messages 2 or fewer/ }).waitFor();
    await row('Matter B').waitFor();
    assert.equal(await row('Matter A').count(), 0);
    assert.deepEqual(await findings(page), []);

    await page.getByRole('button', { name: 'More for Trouble' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    const question = page.getByRole('dialog', { name: 'Remove “Trouble” for others too?' });
    await question.getByText(/goes for all 2 people/).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: /^Trouble/ }).waitFor();
    await page.getByRole('button', { name: 'More for Trouble' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('link', { name: /^Trouble/ }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /Undo/ }).click();
    await page.getByRole('link', { name: /^Trouble/ }).waitFor();
  });

  it('a table is put in order by its headings, from the keyboard too, and its address keeps the order', async () => {
    const { page } = await journey.sit(journey.company.admin);
    const table = viewContent.parse({ filter: { not: { kinds: ['dispute'] } }, layout: 'table', columns: ['number', 'customer', 'subject', 'tags'] });
    await page.goto(`/cases/filter-${Buffer.from(JSON.stringify(table)).toString('base64url')}`);
    await page.getByRole('button', { name: /^Kind is not Dispute/ }).waitFor();
    const heading = page.getByRole('columnheader', { name: 'Customer' });
    const numbers = async () => (await page.getByRole('row').locator('td:first-child').allTextContents()).join(' ');
    await heading.getByRole('button').press('Enter');
    await eventually('A comes first', async () => (await heading.getAttribute('aria-sort')) === 'ascending' && (await numbers()) === '#1 #2 #3');
    await heading.getByRole('button').click();
    await eventually('C comes first', async () => (await heading.getAttribute('aria-sort')) === 'descending' && (await numbers()) === '#3 #2 #1');
    assert.equal(await page.getByRole('columnheader', { name: 'Tags' }).getAttribute('aria-sort'), null);
    await page.reload();
    await eventually('it is kept', async () => (await heading.getAttribute('aria-sort')) === 'descending' && (await numbers()) === '#3 #2 #1');
    assert.deepEqual(await findings(page), []);
  });
});
