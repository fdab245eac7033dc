import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('rules', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('an admin takes a template, tries it on past cases, switches it on, and the next mail is moved by it', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    await customers.write(product.smtpPort, { from: 'Old <old@example.com>', to: company.address, subject: 'Before', text: 'This came before the rule.' });
    await eventually('the mail is a case', async () => (await client.cases.list({ query: { shelf: 'open' } })).items.length === 1);
    const { page } = await journey.sit(company.admin);
    await page.goto('/admin/rules');
    await page.getByRole('link', { name: 'Important customers to a team' }).click();
    await page.getByText('When a message arrives, if domain of the sender is “example.com”, then priority High, add tags vip.').waitFor();
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByText('1 case looked at, 1 would be moved').waitFor();
    assert.equal((await client.cases.findByNumber({ params: { number: 1 } })).priority, 'normal', 'trying moves nothing');
    assert.deepEqual(await findings(page), []);
    await page.getByRole('switch', { name: 'On', exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Never acted').waitFor();
    assert.deepEqual(await findings(page), []);
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@example.com>', to: company.address, subject: 'After', text: 'This came behind it.' });
    await eventually('the rule has moved the case', async () => {
      const [row] = (await client.cases.list({ query: { shelf: 'open', tag: 'vip' } })).items;
      return row?.subject === 'After' && row.priority === 'high';
    });
    await page.reload();
    await page.getByText('Acted once').waitFor();
    await page.getByRole('link', { name: 'Important customers to a team' }).click();
    await page.getByText('#2 After').waitFor();
    await page.goto('/cases/open/2');
    await page.getByText('Rapport · Important customers to a team').first().waitFor();
  });

  it('a rule looks at a field of the company, sets another and has a colleague follow; when its author leaves it is held back', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    const lead = await company.hire('Lena Lotse', 'Admin');
    await client.caseFields.create({ body: { name: 'Contract', type: 'text', options: [], kinds: [], isRequired: false } });
    await client.caseFields.create({ body: { name: 'Checked', type: 'yes_no', options: [], kinds: [], isRequired: false } });
    const { page, close } = await journey.sit(lead);
    await page.goto('/admin/rules/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Check contracts');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: 'Look at' }).click();
    await page.getByRole('option', { name: 'field: Contract' }).click();
    await page.getByRole('combobox', { name: 'Compare' }).click();
    await page.getByRole('option', { name: 'is not there' }).click();
    await page.getByRole('group', { name: 'Set Checked' }).getByRole('combobox', { name: 'Checked' }).selectOption('no');
    await page.getByRole('combobox', { name: 'Add a follower' }).click();
    await page.getByRole('option', { name: company.admin.name }).click();
    await page.getByText(`When a message arrives, if Contract is not there, then set fields, have ${company.admin.name} follow.`).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('switch', { name: 'On', exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Check contracts' }).waitFor();
    await customers.write(product.smtpPort, { from: 'Jon Dahl <jon@elsewhere.test>', to: company.address, subject: 'Contract?', text: 'Which one have I got?' });
    const moved = await eventually('the rule has moved the case', async () => {
      const row = (await client.cases.list({ query: { shelf: 'open' } })).items.find(({ subject }) => subject === 'Contract?');
      const followers = row ? (await client.following.listFollowers({ params: { caseId: row.id } })).items : [];
      return followers.length > 0 && row ? { row, followers } : undefined;
    });
    assert.deepEqual(moved.followers.map((one) => one.id), [company.admin.id]);
    assert.deepEqual((await client.cases.get({ params: { caseId: moved.row.id } })).fields.map(({ value }) => value), [false]);
    await close();
    await client.accounts.updateAgent({ params: { agentId: lead.id }, body: { isDisabled: true } });
    const { page: own } = await journey.sit(company.admin);
    await own.goto('/admin/rules');
    await own.getByText('Held back: whoever wrote this rule last has left.').waitFor();
    assert.deepEqual(await findings(own), []);
  });

  it('rules are read, ordered and written on a phone', async () => {
    const { company } = journey;
    const { client } = company.admin;
    await client.rules.create({ body: { name: 'First', isOn: false, content: { trigger: { on: 'event', event: 'note.added', fields: [] }, groups: [], actions: { addTags: ['noted'] } } } });
    await client.rules.create({ body: { name: 'Second', isOn: false, content: { trigger: { on: 'time', since: 'waiting', hours: 24 }, groups: [], actions: { priority: 'high' } } } });
    const { page } = await journey.sit(company.admin);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/admin/rules');
    await page.getByText('When the customer has been waiting for 24 hours, then priority High.').waitFor();
    await page.getByRole('button', { name: 'Earlier: Second' }).click();
    await eventually('the order is kept', async () => {
      const names = (await client.rules.list({})).items.map((rule) => rule.name);
      return names.indexOf('Second') < names.indexOf('First');
    });
    await page.getByRole('link', { name: 'Second' }).click();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth'), 'nothing sticks out');
    assert.deepEqual(await findings(page), []);
  });

  it('a rule that was removed is still read: when, how it read, and that it does nothing any more', async () => {
    const { client } = journey.company.admin;
    await client.rules.create({ body: { name: 'Not for long', isOn: false, content: { trigger: { on: 'event', event: 'note.added', fields: [] }, groups: [], actions: { addTags: ['passing'] } } } });
    const { page } = await journey.sit(journey.company.admin);
    await page.goto('/admin/rules');
    await page.getByRole('link', { name: 'Not for long' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('heading', { name: 'Removed rules' }).waitFor();
    await page.getByRole('link', { name: 'Not for long' }).click();
    await page.getByText('It does nothing any more; its log is kept for 30 days.').waitFor();
    await page.getByText('Version 1', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).count(), 0);
    assert.deepEqual(await findings(page), []);
  });
});
