import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import type { Colleague } from './company.ts';
import { openJourney } from './journey.ts';

describe('waiting lines', { skip: noChromium, timeout: 300_000 }, () => {
  const journey = openJourney();
  let anna: Colleague;
  let ben: Colleague;
  let queueId: string;
  let count = 0;
  before(async () => {
    anna = await journey.company.hire('Anna Agent');
    ben = await journey.company.hire('Ben Agent');
    queueId = (await journey.company.admin.client.queues.create({ body: { name: 'Lamps', channels: ['email'], acceptSeconds: 60 } })).id;
  });

  /** A case that waits, by its subject. */
  async function wait(subject: string): Promise<string> {
    const { admin, inboxId } = journey.company;
    count += 1;
    const { id } = await admin.client.cases.create({ body: { inboxId, customer: { email: `ida${count}@elsewhere.test`, name: 'Ida Berg' }, subject, note: 'She called.' } });
    return (await admin.client.work.enqueue({ body: { queueId, caseId: id } })).item.id;
  }
  const card = (page: Page) => page.getByRole('region', { name: 'Offered to you' });
  const presence = (page: Page) => page.getByRole('button', { name: /^You: / });
  async function be(page: Page, state: string): Promise<void> {
    await presence(page).click();
    await page.getByRole('dialog', { name: 'Are you there?' }).getByRole('button', { name: new RegExp(`^${state}`) }).click();
    await page.getByRole('button', { name: new RegExp(`^You: ${state}`) }).waitFor();
  }

  it('an agent who is available is offered what waits, takes it and is done with it, with the keyboard alone', async () => {
    const { page } = await journey.sit(anna);
    await presence(page).waitFor();
    await page.keyboard.press('Shift+H');
    await page.getByRole('button', { name: 'You: Available' }).waitFor();
    await page.keyboard.press('/');
    await page.getByRole('textbox').or(page.getByRole('searchbox')).or(page.getByRole('combobox')).first().pressSequentially('on a lam');
    const field = await page.evaluate<string>('document.activeElement.tagName');
    const itemId = await wait('My lamp is dark');
    await card(page).getByText('Ida Berg').waitFor();
    assert.match(await page.getByRole('alert').filter({ hasText: 'My lamp is dark' }).innerText(), /^Email from Ida Berg: My lamp is dark\. Queue Lamps, waiting 0:0\d\. Ctrl \. takes it\.$/);
    assert.equal(await page.evaluate<string>('document.activeElement.tagName'), field, 'the focus stays where somebody writes');
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('Control+.');
    await page.getByRole('heading', { name: 'My lamp is dark' }).first().waitFor();
    await card(page).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'You: Available, 1 in hand' }).waitFor();
    await page.locator('body').press('h');
    const panel = page.getByRole('dialog', { name: 'Are you there?' });
    await panel.getByRole('list', { name: 'In hand' }).getByText('My lamp is dark').waitFor();
    assert.deepEqual(await findings(page), []);
    await panel.getByRole('button', { name: 'Done with My lamp is dark' }).press('Enter');
    await panel.getByText('You have nothing in hand.').waitFor();
    assert.equal((await anna.client.work.get({ params: { itemId } })).item.state, 'done');
  });

  it('an offer stands in every tab of an agent and goes from all of them; declined, it goes on', async () => {
    const { page, context } = await journey.sit(anna);
    await be(page, 'Available');
    const other = await context.newPage();
    await other.goto('/customers');
    const itemId = await wait('Two tabs');
    await card(page).getByText('Two tabs').waitFor();
    await card(other).getByText('Two tabs').waitFor();
    await card(other).getByRole('button', { name: /^Not now/ }).click();
    await card(page).waitFor({ state: 'hidden' });
    assert.equal((await anna.client.work.get({ params: { itemId } })).item.state, 'waiting');
    const { page: hers } = await journey.sit(ben);
    await be(hers, 'Available');
    await card(hers).getByRole('button', { name: /^Take it/ }).click();
    await hers.getByRole('heading', { name: 'Two tabs' }).first().waitFor();
    await hers.getByRole('button', { name: /In hand: .* Done/ }).waitFor();
    await hers.locator('body').press('d');
    await hers.getByText('Done with Two tabs').waitFor();
    await be(hers, 'Offline');
    await be(page, 'Offline');
  });

  it('whoever does not answer is away and told so; the offer goes on to somebody else with the time it has waited', async () => {
    const { admin } = journey.company;
    const queue = (await admin.client.queues.list()).items.find(({ id }) => id === queueId);
    assert.ok(queue);
    const { id: _, isOpen: __, updatedAt: ___, ...body } = queue;
    const { page } = await journey.sit(anna);
    await be(page, 'Available');
    const changed = await admin.client.queues.update({ params: { queueId }, body: { ...body, acceptSeconds: 3 } });
    const itemId = await wait('Too late');
    const { since } = (await admin.client.work.get({ params: { itemId } })).item;
    await card(page).getByText('Too late').waitFor();
    await page.getByText('You are away: you did not answer what was offered.').waitFor();
    await card(page).waitFor({ state: 'hidden' });
    await admin.client.queues.update({ params: { queueId }, body: { ...body, version: changed.version } });
    const { page: his } = await journey.sit(ben);
    await be(his, 'Available');
    await card(his).getByText('Too late').waitFor();
    assert.equal((await admin.client.work.get({ params: { itemId } })).item.since, since);
    await his.keyboard.press('Control+.');
    await eventually('he has it', async () => ((await ben.client.work.listOwn()).items.some(({ id }) => id === itemId) ? true : undefined));
    await page.keyboard.press('Shift+H');
    await page.getByRole('button', { name: 'You: Available' }).waitFor();
    assert.equal(await page.getByText('You are away: you did not answer').count(), 0);
    // Somebody else sets her to away: she hears of it.
    await admin.client.workforce.setPresence({ params: { agentId: anna.id }, body: { state: 'offline' } });
    await page.getByText('Hanna Hafen set you to: Offline').waitFor();
    await ben.client.work.finish({ params: { itemId } });
    await be(his, 'Offline');
  });

  it('on a phone an offer is answered with the thumb, and a wrap-up counts down and can be made longer', async () => {
    const { page } = await journey.sit(anna, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await be(page, 'Available');
    const itemId = await wait('From the train');
    await card(page).getByText('From the train').waitFor();
    assert.deepEqual(await findings(page), []);
    await card(page).getByRole('button', { name: 'Take it' }).click();
    await page.getByRole('heading', { name: 'From the train' }).first().waitFor();
    await anna.client.work.finish({ params: { itemId } });
    await page.goto('/cases/open');
    await be(page, 'Wrap-up');
    await presence(page).click();
    const panel = page.getByRole('dialog', { name: 'Are you there?' });
    await panel.getByRole('button', { name: 'One minute longer' }).click();
    await panel.getByText(/^2:[0-5]\d$/).waitFor();
    assert.deepEqual(await findings(page), []);
    await panel.getByRole('button', { name: /^Offline/ }).click();
  });
});
