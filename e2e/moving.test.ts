import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('moving matters', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  const write = (subject: string, text: string, more: { from?: string; references?: string[]; inReplyTo?: string } = {}) =>
    journey.customers.write(journey.product.smtpPort, { from: more.from ?? 'Ida Berg <ida@elsewhere.test>', to: journey.company.address, subject, text, ...(more.inReplyTo ? { inReplyTo: more.inReplyTo, references: [more.inReplyTo] } : {}) });

  it('two cases about one matter become one, for everybody who looks, and two again', async () => {
    await write('Broken lamp', 'My lamp arrived broken.');
    await write('The lamp again', 'I forgot the order number, it is 4711.');
    const { page } = await journey.sit(journey.company.admin);
    const { page: other } = await journey.sit(journey.company.admin);
    await page.goto(`${journey.product.url}/cases/open`);
    await page.getByRole('option', { name: /The lamp again/ }).click();
    const second = /(\d+)$/.exec(page.url())?.[1] ?? '';
    await other.goto(page.url());
    await other.getByRole('region', { name: 'What happened' }).getByText('it is 4711').waitFor();

    await page.getByRole('region', { name: 'What happened' }).focus();
    await page.keyboard.press('Shift+M');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Broken lamp/ }).click();
    await dialog.getByRole('button', { name: /^Merge into #/ }).click();
    const story = page.getByRole('region', { name: 'What happened' });
    await story.getByText('My lamp arrived broken.').waitFor();
    await story.getByText('it is 4711').waitFor();
    assert.doesNotMatch(page.url(), new RegExp(`/${second}$`));

    // The colleague who looked at the merged case goes on with the other, where everything is.
    await other.getByRole('region', { name: 'What happened' }).getByText('My lamp arrived broken.').waitFor();
    assert.equal(new URL(other.url()).pathname, new URL(page.url()).pathname);
    assert.equal(await page.getByRole('option', { name: /The lamp again/ }).count(), 0);

    // Later, from the timeline: one line tells of it and has the way back.
    await story.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('option', { name: /The lamp again/ }).waitFor();
    await story.getByText('it is 4711').waitFor({ state: 'detached' });
    const { items } = await journey.company.admin.client.cases.list({ query: { shelf: 'open' } });
    assert.deepEqual(items.map((row) => row.messageCount), [1, 1]);
  });

  it('a mail about something else is offered to be split off, with its thread', async () => {
    const first = await write('Chair delivery', 'When does the chair come?', { from: 'Ole Holm <ole@elsewhere.test>' });
    const { page } = await journey.sit(journey.company.admin);
    await page.goto(`${journey.product.url}/cases/open`);
    await page.getByRole('option', { name: /Chair delivery/ }).click();
    const question = await write('Wrong invoice', 'The invoice shows two chairs.', { from: 'Ole Holm <ole@elsewhere.test>', inReplyTo: first });
    const story = page.getByRole('region', { name: 'What happened' });
    await story.getByRole('button', { name: 'Make it a case of its own' }).click();
    const dialog = page.getByRole('dialog');
    assert.equal(await dialog.getByRole('textbox', { name: 'Subject of the new case' }).inputValue(), 'Wrong invoice');
    await dialog.getByRole('button', { name: 'Split off' }).click();
    await page.getByRole('heading', { name: 'Wrong invoice' }).waitFor();
    await story.getByText('The invoice shows two chairs.').waitFor();
    await page.getByRole('complementary').getByText('split from').waitFor();
    await write('Re: Wrong invoice', 'And the sum is wrong too.', { from: 'Ole Holm <ole@elsewhere.test>', inReplyTo: question });
    await story.getByText('And the sum is wrong too.').waitFor();
  });

  it('spam leaves the desk and is brought back; a deleted case says who, why and until when', async () => {
    await write('Cheap watches', 'Buy now.', { from: 'Spammer <spam@elsewhere.test>' });
    const { page } = await journey.sit(journey.company.admin);
    await page.goto(`${journey.product.url}/cases/open`);
    await page.getByRole('option', { name: /Cheap watches/ }).click();
    await page.getByRole('complementary').getByRole('heading', { name: 'Linked cases' }).waitFor();
    await page.getByRole('button', { name: 'More to do with this case' }).click();
    await page.getByRole('menuitem', { name: /^Mark as spam/ }).click();
    await page.getByRole('option', { name: /Cheap watches/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Spam/ }).click();
    await page.getByRole('option', { name: /Cheap watches/ }).click();
    await page.getByText(/^Marked as spam by Hanna Hafen/).waitFor();
    await page.getByRole('button', { name: 'Bring back' }).click();
    await page.getByText(/^Marked as spam by Hanna Hafen/).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'More to do with this case' }).click();
    await page.getByRole('menuitem', { name: /^Delete case/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Why?' }).fill('Nobody wants watches.');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('link', { name: /^Deleted/ }).click();
    await page.getByRole('option', { name: /Cheap watches/ }).click();
    await page.getByText('Nobody wants watches.').waitFor();
  });

  it('resolving a parent offers to resolve its parts, and forces nothing', async () => {
    await write('Outage of the shop', 'The shop is down.', { from: 'Pia Post <pia@elsewhere.test>' });
    await write('Cannot order', 'I cannot order.', { from: 'Quirin Quell <quirin@elsewhere.test>' });
    const { page } = await journey.sit(journey.company.admin);
    await page.goto(`${journey.product.url}/cases/open`);
    await page.getByRole('option', { name: /Cannot order/ }).waitFor();
    await page.getByRole('option', { name: /Outage of the shop/ }).click();
    await page.getByRole('region', { name: 'What happened' }).getByText('The shop is down.').waitFor();
    await page.getByRole('complementary').getByRole('heading', { name: 'Linked cases' }).waitFor();
    await page.getByRole('region', { name: 'What happened' }).focus();
    await page.keyboard.press('Shift+L');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').click();
    await page.getByRole('option', { name: 'the parent of' }).click();
    await dialog.getByRole('textbox', { name: 'Which case?' }).fill('Cannot order');
    await dialog.getByRole('radio', { name: /Cannot order/ }).click();
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByRole('complementary').getByText('the parent of').waitFor();
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByRole('button', { name: 'Look', exact: true }).click();
    await dialog.getByText('One part is still open').waitFor();
    await dialog.getByRole('button', { name: 'Resolve it' }).click();
    await page.getByRole('option', { name: /Cannot order/ }).waitFor({ state: 'detached' });
  });
});
