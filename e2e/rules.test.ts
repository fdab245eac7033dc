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
});
