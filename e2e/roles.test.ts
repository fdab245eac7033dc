import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isProblem } from './problem.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('somebody who may see only their own cases', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('sees no others: in no list, search, address, or live', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    const permissions = ['case.read', 'case.reply', 'case.note', 'case.edit', 'customer.read', 'agent.read'];
    await client.accounts.createRole({ body: { name: 'Newcomer', permissions, caseScope: 'own' } });
    const nele = await company.hire('Nele Neu', 'Newcomer');
    for (const [from, subject] of [['Ida Berg <ida@elsewhere.test>', 'Lantern broken'], ['Jon Dahl <jon@elsewhere.test>', 'Lantern missing']]) await customers.write(product.smtpPort, { from: String(from), to: company.address, subject: String(subject), text: 'Please help with my lantern.' });
    const { items } = await client.cases.list({ query: { shelf: 'open' } });
    const [idas, jons] = ['Ida Berg', 'Jon Dahl'].map((name) => items.find((each) => each.customer.name === name));
    assert.ok(idas && jons);

    const { page } = await journey.sit(nele);
    const desk = page.getByRole('navigation', { name: 'Views' });
    await desk.getByRole('link', { name: /^My open/ }).waitFor();
    await page.getByRole('region', { name: 'My open' }).waitFor();
    assert.equal(await page.getByRole('option').count(), 0);

    // Given to her, it comes to her screen by itself.
    await client.cases.update({ params: { caseId: idas.id }, body: { assigneeId: nele.id } });
    await page.getByRole('option', { name: /Ida Berg.*Lantern broken/ }).waitFor();
    await page.goto('/cases/open');
    await page.getByRole('option', { name: /Ida Berg/ }).waitFor();
    assert.equal(await page.getByRole('option').count(), 1);

    await page.goto('/search?q=lantern');
    await page.getByText('Lantern broken').first().waitFor();
    assert.equal(await page.getByText('Lantern missing').count(), 0);

    await page.goto(`/cases/open/${jons.number}`);
    await page.getByText('There is no such case, or you may not see it').waitFor();

    // What happens to the other case reaches her browser in no form.
    const heard: string[] = [];
    const other = await journey.sit(nele, {}, async (fresh) => {
      fresh.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    });
    await other.page.goto('/cases/open');
    await other.page.getByRole('option', { name: /Ida Berg/ }).waitFor();
    await client.cases.addNote({ params: { caseId: jons.id }, body: { text: 'Not for Nele.' } });
    await client.cases.addNote({ params: { caseId: idas.id }, body: { text: 'For Nele.' } });
    await other.page.getByRole('option', { name: /Ida Berg/ }).click();
    await other.page.getByText('For Nele.').waitFor();
    assert.ok(heard.some((each) => each.includes(idas.id)), 'she hears of hers');
    assert.equal(heard.some((each) => each.includes(jons.id)), false, 'and of no other');

    // Taken from her, it leaves her screen, and its page with it.
    await client.cases.update({ params: { caseId: idas.id }, body: { assigneeId: company.admin.id } });
    await other.page.getByRole('option', { name: /Ida Berg/ }).waitFor({ state: 'detached' });
    await assert.rejects(nele.client.cases.get({ params: { caseId: idas.id } }), isProblem('not_found'));
    await assert.rejects(nele.client.cases.listEntries({ params: { caseId: jons.id } }), isProblem('not_found'));
  });

  it('and no settings she may not change', async () => {
    const nele = await journey.company.hire('Nora Neu', 'Newcomer');
    const { page } = await journey.sit(nele);
    await page.getByRole('link', { name: /^My open/ }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Ledger' }).count(), 0);
    await assert.rejects(nele.client.ledger.list(), isProblem('not_allowed'));
    await assert.rejects(nele.client.accounts.listApiKeys(), isProblem('not_allowed'));
  });
});
