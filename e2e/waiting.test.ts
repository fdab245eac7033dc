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
    await page.getByRole('dialog', { name: 'Are you there?' }).waitFor({ state: 'hidden' });
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

  it('the wall shows who waits and who is there as it happens; a supervisor gives something away, takes that back, and closes a queue with the keyboard', async () => {
    const { admin } = journey.company;
    const sue = await journey.company.hire('Sue Supervisor', 'Supervisor');
    const { page } = await journey.sit(sue);
    await page.goto('/wall');
    const row = page.getByRole('row', { name: /^Lamps/ });
    await row.waitFor();
    await wait('Nobody is free');
    await row.getByRole('cell', { name: '1', exact: true }).first().waitFor();
    // She is not offered anything, but she is there.
    await ben.client.workforce.setOwnPresence({ body: { state: 'away' } });
    const people = page.getByRole('list', { name: 'Who is there' });
    await people.getByText('Ben Agent').waitFor();
    assert.deepEqual(await findings(page), []);

    await page.getByRole('button', { name: 'Lamps', exact: true }).press('Enter');
    await page.getByRole('list', { name: 'The line of Lamps' }).getByText('Nobody is free').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Pass on: Nobody is free' }).press('Enter');
    await page.getByRole('combobox').pressSequentially('ben');
    await page.keyboard.press('Enter');
    await page.getByText('Ben Agent has Nobody is free').waitFor();
    await eventually('he has it', async () => ((await ben.client.work.listOwn()).items.length === 1 ? true : undefined));
    await page.getByRole('button', { name: /^Undo/ }).click();
    await eventually('it waits again', async () => ((await ben.client.work.listOwn()).items.length === 0 ? true : undefined));
    await page.getByRole('list', { name: 'The line of Lamps' }).getByText('Nobody is free').waitFor();
    await page.getByRole('button', { name: 'Pass on: Nobody is free' }).press('Enter');
    await page.getByRole('combobox').pressSequentially('take it out');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /Take .* out of the line/ }).getByRole('button', { name: 'Take it out of the line' }).press('Enter');
    await page.getByText('Nobody waits.').waitFor();
    await page.getByRole('button', { name: 'Fold up' }).click();

    await page.getByRole('button', { name: 'Close Lamps' }).press('Enter');
    await page.getByRole('dialog', { name: 'Close Lamps?' }).getByRole('button', { name: 'Close', exact: true }).last().press('Enter');
    await row.getByText('Closed').waitFor();
    assert.equal((await admin.client.queues.list()).items.find(({ id }) => id === queueId)?.isOpen, false);
    await page.keyboard.press('z');
    await row.getByText('Closed').waitFor({ state: 'hidden' });

    await people.getByRole('button', { name: 'Set what Ben Agent is' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Offline' }).press('Enter');
    await people.getByText('Ben Agent').waitFor({ state: 'hidden' });
    await page.goto('/wall?screen=1');
    await page.getByRole('rowheader', { name: 'Lamps' }).waitFor();
    assert.ok((await page.evaluate<number>('parseFloat(getComputedStyle(document.querySelector("th[scope=row]")).fontSize)')) >= 48, 'it is read from far');
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Who is there' }).waitFor();
  });

  it('a queue is set up in words that say what will happen, with a skill that is asked for less and less; removed, it comes back', async () => {
    const { admin } = journey.company;
    const { page } = await journey.sit(admin, { viewport: { width: 390, height: 844 } });
    await page.goto('/admin/workforce');
    await page.getByLabel('New skill').fill('French');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('list', { name: 'Skills' }).getByText('French').waitFor();
    await page.getByLabel('Reasons to be away').fill('Break\nTraining');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually('the reasons are kept', async () => ((await admin.client.workforce.getSettings()).awayReasons.join() === 'Break,Training' ? true : undefined));
    assert.deepEqual(await findings(page), []);

    await page.goto('/admin/queues/new');
    await page.getByLabel('Name').fill('Courrier');
    await page.getByRole('spinbutton', { name: 'Time to answer an offer' }).fill('45');
    await page.getByRole('combobox', { name: 'Ask for a skill' }).click();
    await page.getByRole('option', { name: 'French' }).click();
    await page.getByRole('button', { name: 'Ask for less after a time' }).click();
    await page.getByText(/^Only who knows enough: French at level 3, level 2 after 2 mins?\.$/).waitFor();
    await page.getByText(/^That agent has 45 secs? to take it/).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Courrier' }).click();
    const made = (await admin.client.queues.list()).items.find(({ name }) => name === 'Courrier');
    assert.deepEqual([made?.acceptSeconds, made?.skills.map(({ level, steps }) => [level, steps])], [45, [[3, [{ afterSeconds: 120, level: 2 }]]]]);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByRole('link', { name: 'Courrier' }).waitFor();
    assert.deepEqual(await findings(page), []);
  });

  it('what somebody knows, and how much at once they take, is said of them among the people', async () => {
    const { admin } = journey.company;
    const { page } = await journey.sit(admin);
    await page.goto('/admin/people');
    await page.getByRole('button', { name: /Actions.*Anna Agent|Anna Agent/ }).first().click();
    await page.getByRole('menuitem', { name: 'Skills and capacity' }).click();
    const dialog = page.getByRole('dialog', { name: 'Skills of Anna Agent' });
    await dialog.getByRole('combobox', { name: 'Level of French' }).click();
    await page.getByRole('option', { name: 'Level 4' }).click();
    await dialog.getByText('Takes another number at once than others').click();
    await dialog.getByRole('textbox', { name: 'Chats' }).fill('2');
    assert.deepEqual(await findings(page), []);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const known = await admin.client.workforce.getAgentSkills({ params: { agentId: anna.id } });
    assert.deepEqual([known.skills.map(({ level }) => level), known.capacity?.chats], [[4], 2]);
  });

  it('at a case it says where it stands in its line; it is put into one there, and whoever has it passes it on with a word for the next team', async () => {
    const { admin, inboxId } = journey.company;
    const teamId = (await admin.client.accounts.createTeam({ body: { name: 'Repairs' } })).id;
    await admin.client.queues.create({ body: { name: 'Workbench', channels: ['email'], teamId } });
    const { id, number } = await admin.client.cases.create({ body: { inboxId, customer: { email: 'nora@elsewhere.test', name: 'Nora' }, subject: 'It smokes', note: 'She called.' } });
    const { page } = await journey.sit(anna);
    await page.goto(`/cases/open/${number}`);
    await page.getByRole('button', { name: 'Put into a queue' }).click();
    await page.getByRole('combobox', { name: 'Put into a queue' }).pressSequentially('lamps');
    await page.keyboard.press('Enter');
    await page.getByText(/^Lamps: place 1$/).waitFor();
    assert.deepEqual(await findings(page), []);
    // Whoever takes something is there.
    await page.locator('body').press('Shift+N');
    await page.getByRole('button', { name: /In hand: .* Done/ }).waitFor();
    await page.getByRole('button', { name: 'You: Available, 1 in hand' }).waitFor();
    await page.getByRole('button', { name: 'Pass on', exact: true }).click();
    await page.getByRole('combobox', { name: 'Pass on: It smokes' }).pressSequentially('workbench');
    await page.keyboard.press('Enter');
    const brief = page.getByRole('dialog', { name: /Workbench/ });
    for (const [label, text] of [['Asked', 'It smokes'], ['Tried', 'Switched it off'], ['Next', 'Look inside']] as const) await brief.getByRole('textbox', { name: label, exact: true }).fill(text);
    await brief.getByText('Nothing was promised').click();
    await brief.getByRole('button', { name: 'Hand over' }).click();
    await page.getByText(/^Workbench: place 1$/).or(page.getByText('It smokes waits in Workbench')).first().waitFor();
    const { team, assignee } = await admin.client.cases.get({ params: { caseId: id } });
    assert.deepEqual([team?.name, assignee], ['Repairs', null]);
    const [standing] = (await admin.client.work.ofCase({ params: { caseId: id } })).items;
    assert.deepEqual([standing?.item.state, standing?.estimate?.position], ['waiting', 1]);
  });
});
