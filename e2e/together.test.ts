import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import type { Colleague } from './company.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

/** Notes every row that comes into the list or leaves it, from now on, so that one that flickers is caught however short it was. */
const WATCH = `
  globalThis.seen = [];
  const named = (node) => node.nodeType === 1 ? [...(node.matches('[role=option]') ? [node] : []), ...node.querySelectorAll('[role=option]')].map((row) => row.id) : [];
  new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.removedNodes) for (const id of named(node)) globalThis.seen.push('-' + id);
      for (const node of record.addedNodes) for (const id of named(node)) globalThis.seen.push('+' + id);
    }
  }).observe(document.querySelector('[data-case-list]'), { childList: true, subtree: true });
`;

/** The rows that left the list and came back, or came and left, since `WATCH`. */
async function flickers(page: Page): Promise<string[]> {
  const seen = (await page.evaluate('globalThis.seen')) as string[];
  const of = (id: string) => seen.filter((one) => one.slice(1) === id);
  return [...new Set(seen.map((one) => one.slice(1)))].filter((id) => of(id).length > 1).map((id) => of(id).join(' '));
}

describe('two agents and a supervisor at once', { skip: noChromium, timeout: 300_000 }, () => {
  const journey = openJourney();
  const people = ['Ada', 'Bo', 'Cleo', 'Dirk', 'Ella', 'Finn', 'Gita', 'Hugo'];
  const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(`${name} Example`) });
  /** What a view counts beside its name. */
  const count = async (page: Page, view: string): Promise<number> => Number(/(\d+)\D*$/.exec((await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(`^${view}`) }).innerText()).trim())?.[1] ?? 0);
  const sit = async (who: Colleague, view: string) => {
    const { page } = await journey.sit(who);
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(`^${view}`) }).click();
    return page;
  };

  it('each sees what the others do as it happens, nothing is lost or taken twice, and no row flickers', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    const [tom, una] = [await company.hire('Tom Tide'), await company.hire('Una Ufer')];
    for (const name of people) await customers.write(product.smtpPort, { from: `${name} Example <${name.toLowerCase()}@elsewhere.test>`, to: company.address, subject: `Question of ${name}`, text: 'Can you help me?' });
    const numberOf = (name: string) => people.indexOf(name) + 1;
    const find = (name: string) => client.cases.findByNumber({ params: { number: numberOf(name) } });
    const [his, hers, boss] = [await sit(tom, 'Unassigned'), await sit(una, 'Unassigned'), await sit(company.admin, 'Open')];
    for (const page of [his, hers, boss]) {
      await row(page, 'Ada').waitFor();
      assert.equal(await page.getByRole('option').count(), people.length);
      await page.evaluate(WATCH);
    }

    // Both open the same case and see each other; whoever takes it first has it, and the other is told before taking it away.
    for (const page of [his, hers]) await row(page, 'Ada').click();
    await his.getByText('Una Ufer is looking at this case').waitFor();
    await hers.getByText('Tom Tide is looking at this case').waitFor();
    for (const page of [his, hers]) await page.getByRole('textbox', { name: 'Reply to Ada Example' }).waitFor();
    for (const page of [his, hers]) await page.keyboard.press('Escape');
    await Promise.all([his.keyboard.press('i'), hers.keyboard.press('i')]);
    const taken = await eventually('somebody has it', async () => (await find('Ada')).assignee ?? undefined);
    assert.ok([tom.id, una.id].includes(taken.id));
    const [winner, loser] = taken.id === tom.id ? [his, hers] : [hers, his];
    const told = loser.getByRole('dialog', { name: 'A colleague was quicker' });
    await told.waitFor();
    await told.getByRole('button', { name: 'Leave it' }).click();
    await told.waitFor({ state: 'hidden' });
    assert.equal((await find('Ada')).assignee?.id, taken.id, 'and it stays with whoever was first');
    for (const page of [his, hers]) await row(page, 'Ada').waitFor({ state: 'detached' });
    await eventually('it counts as the one’s', async () => (await count(winner, 'My open')) === 1);
    assert.equal(await count(loser, 'My open'), 0);
    await row(boss, 'Ada').waitFor();

    // The supervisor gives a case away: it leaves the queue of both and stands with the agent, without anybody doing anything.
    await row(boss, 'Bo').click();
    await boss.getByRole('textbox', { name: 'Reply to Bo Example' }).waitFor();
    await boss.keyboard.press('Escape');
    await boss.keyboard.press('a');
    await boss.getByRole('dialog').getByRole('option', { name: /Una Ufer/ }).click();
    for (const page of [his, hers]) await row(page, 'Bo').waitFor({ state: 'detached' });
    await hers.getByRole('link', { name: /^My open/ }).click();
    await row(hers, 'Bo').waitFor();
    await hers.evaluate(WATCH);

    // While she writes to the one, the supervisor changes many at once, that one among them: her words go out, and the change holds.
    await row(hers, 'Bo').click();
    const editor = hers.getByRole('textbox', { name: 'Reply to Bo Example' });
    await editor.waitFor();
    await editor.pressSequentially('Dear Bo, the lamp is');
    await boss.getByText('Una Ufer is writing').waitFor();
    const run = await client.bulk.start({ body: { selection: { by: 'view', shelf: 'open' }, action: { addTags: ['campaign'], priority: 'high' } } });
    await editor.pressSequentially(' on its way.');
    await hers.getByRole('button', { name: /^Send/ }).first().click();
    await eventually('the change of many is done', async () => (await client.bulk.get({ params: { runId: run.id } })).state === 'done');
    assert.match((await customers.mailFor('bo@elsewhere.test')).mail.text ?? '', /^Dear Bo, the lamp is on its way\./);
    for (const name of people) {
      const found = await find(name);
      assert.deepEqual([found.priority, found.tags], ['high', ['campaign']], name);
    }
    assert.equal(customers.mailbox('bo@elsewhere.test').length, 1);
    await eventually('what was answered waits for the customer', async () => (await find('Bo')).shelf === 'pending');
    await row(hers, 'Bo').waitFor({ state: 'detached' });

    // One more comes in and shows with everybody who should see it.
    await customers.write(product.smtpPort, { from: 'Ines Example <ines@elsewhere.test>', to: company.address, subject: 'Question of Ines', text: 'And me?' });
    for (const page of [his, boss]) await row(page, 'Ines').waitFor();

    // What the views count is what lies there, for each of them.
    for (const [page, who] of [[his, tom], [hers, una], [boss, company.admin]] as const) {
      const counts = await who.client.cases.counts();
      await eventually('the numbers beside the views are those of the server', async () => (await count(page, 'Unassigned')) === counts.unassigned && (await count(page, 'My open')) === counts.mine && (await count(page, 'Open')) === counts.shelves.open);
      assert.equal(counts.unassigned, (await who.client.cases.list({ query: { shelf: 'open', assignee: 'none' } })).items.length);
      assert.equal(counts.shelves.open, (await who.client.cases.list({ query: { shelf: 'open' } })).items.length);
    }
    for (const [who, page] of [['Tom', his], ['Una', hers], ['Hanna', boss]] as const) assert.deepEqual(await flickers(page), [], `no row came back after it left, or left after it came, with ${who}`);
  });

  it('a role that changes while its agent works counts from that moment, and what was begun is not lost', async () => {
    const { company } = journey;
    const { client } = company.admin;
    const nele = await company.hire('Nele Neu');
    const page = await sit(nele, 'Unassigned');
    await row(page, 'Cleo').click();
    const editor = page.getByRole('textbox', { name: 'Reply to Cleo Example' });
    await editor.waitFor();
    await editor.pressSequentially('Dear Cleo, let me look.');
    await page.getByText(/^Draft saved/).waitFor();

    await client.accounts.createRole({ body: { name: 'Only own', permissions: ['case.read', 'case.reply', 'case.note', 'case.edit', 'customer.read', 'agent.read'], caseScope: 'own' } });
    const { items: roles } = await client.accounts.listRoles();
    const roleOf = (name: string) => roles.find((each) => each.name === name)?.id ?? '';
    await client.accounts.updateAgent({ params: { agentId: nele.id }, body: { roleId: roleOf('Only own') } });
    await row(page, 'Cleo').waitFor({ state: 'detached' });
    await eventually('she may not read it any more', async () => nele.client.cases.findByNumber({ params: { number: 3 } }).then(() => false, () => true));
    assert.equal((await nele.client.cases.list({ query: { shelf: 'open' } })).items.length, 0);

    // Back in the old role everything is there again, and her words with it.
    await client.accounts.updateAgent({ params: { agentId: nele.id }, body: { roleId: roleOf('Agent') } });
    await page.goto('/cases/unassigned/3');
    await page.getByRole('textbox', { name: 'Reply to Cleo Example' }).getByText('Dear Cleo, let me look.').waitFor();
  });
});
