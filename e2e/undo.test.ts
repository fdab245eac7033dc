import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('what was done is taken back with one key', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  before(async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: 'Where is it?' });
  });

  it('status, assignee, tag, snooze, spam and deleting', async () => {
    const { company } = journey;
    const { client } = company.admin;
    const { page } = await journey.sit(company.admin);
    const { keyboard } = page;
    const now = () => client.cases.findByNumber({ params: { number: 1 } });
    // A case is new until somebody has touched it; from then on it can be brought back to what it was.
    await client.cases.update({ params: { caseId: (await now()).id }, body: { status: 'open' } });
    const first = await now();
    await page.goto('/cases/open/1');
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).waitFor();
    const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: /^Undo/ });
    const acts: readonly (readonly [name: string, act: () => Promise<unknown>, isDone: (row: Awaited<ReturnType<typeof now>>) => boolean])[] = [
      ['resolved', () => keyboard.press('e'), (row) => row.status === 'resolved'],
      ['taken', () => keyboard.press('i'), (row) => row.assignee?.id === company.admin.id],
      ['tagged', async () => {
        await keyboard.press('t');
        await page.getByPlaceholder('Add or remove tags…').fill('lamp');
        await keyboard.press('Enter');
        await keyboard.press('Escape');
        await page.getByPlaceholder('Add or remove tags…').waitFor({ state: 'hidden' });
      }, (row) => row.tags.includes('lamp')],
      ['snoozed', async () => {
        await keyboard.press('b');
        await page.getByPlaceholder('Snooze until…').waitFor();
        await keyboard.press('Enter');
      }, (row) => row.snoozedUntil !== null],
      ['spam', () => keyboard.press('!'), (row) => row.shelf === 'spam'],
      ['deleted', async () => {
        await keyboard.press('#');
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox').fill('By mistake');
        await dialog.getByRole('button', { name: /^Delete/ }).click();
      }, (row) => row.shelf === 'deleted'],
    ];
    for (const [name, act, isDone] of acts) {
      await act();
      await eventually(`the case is ${name}`, async () => isDone(await now()));
      await undo.first().waitFor();
      await keyboard.press('z');
      await eventually(`it is not ${name} any more`, async () => !isDone(await now()));
      await undo.first().waitFor({ state: 'hidden' });
      if (!page.url().endsWith('/1')) await page.goto('/cases/open/1');
      await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).waitFor();
    }
    const last = await now();
    assert.deepEqual([last.status, last.assignee, last.tags, last.shelf], [first.status, first.assignee, first.tags, first.shelf]);
  });

  it('a link and its removal, and bringing a case back from among the deleted', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Bulb', text: 'And the bulb?' });
    await eventually('the second mail made a case', async () => (await client.cases.list({ query: {} })).items.length === 2);
    const first = await client.cases.findByNumber({ params: { number: 1 } });
    const linked = async () => (await client.moving.listLinks({ params: { caseId: first.id } })).items.map((link) => [link.role, link.other.number]);
    const { page } = await journey.sit(company.admin);
    const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: /^Undo/ });
    const takeBack = async () => {
      await undo.first().waitFor();
      await page.keyboard.press('z');
      await undo.first().waitFor({ state: 'hidden' });
    };
    await page.goto('/cases/open/1');
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).waitFor();
    await page.keyboard.press('L');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Bulb').click();
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    await eventually('they are linked', async () => (await linked()).length === 1);
    await takeBack();
    await eventually('they are not linked any more', async () => (await linked()).length === 0);

    await client.moving.link({ params: { caseId: first.id, otherCaseId: (await client.cases.findByNumber({ params: { number: 2 } })).id }, body: { role: 'part_of' } });
    await page.getByRole('button', { name: /#2/ }).click();
    await eventually('the link is gone', async () => (await linked()).length === 0);
    await takeBack();
    await eventually('it is what it was', async () => JSON.stringify(await linked()) === JSON.stringify([['part_of', 2]]));

    await client.moving.remove({ params: { caseId: first.id }, body: { reason: 'Twice the same' } });
    await page.goto('/cases/deleted/1');
    await page.getByText('Twice the same').waitFor();
    await page.getByRole('button', { name: /^(Bring back|Restore)/ }).first().click();
    await eventually('it is back', async () => (await client.cases.findByNumber({ params: { number: 1 } })).aside === null);
    await takeBack();
    await eventually('it is deleted again, for the same reason', async () => (await client.cases.findByNumber({ params: { number: 1 } })).aside?.reason === 'Twice the same');
  });

  it('an admin who disables a colleague says what becomes of their cases, and gives them back', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    await customers.write(product.smtpPort, { from: 'Jon Dahl <jon@elsewhere.test>', to: company.address, subject: 'Lantern', text: 'It is dark.' });
    const nele = await company.hire('Nele Neu');
    const id = (await client.cases.list()).items.find((item) => item.subject === 'Lantern')?.id ?? '';
    await client.cases.update({ params: { caseId: id }, body: { assigneeId: nele.id } });
    const holder = async () => (await client.cases.get({ params: { caseId: id } })).assignee?.id ?? null;
    const { page } = await journey.sit(company.admin);
    await page.goto('/admin/people');
    const disable = async () => {
      await page.getByRole('button', { name: 'Actions for Nele Neu' }).click();
      await page.getByRole('menuitem', { name: 'Disable' }).click();
      return page.getByRole('dialog', { name: 'Disable Nele Neu?' });
    };
    const dialog = await disable();
    await dialog.getByText('One case lies with Nele Neu.').waitFor();
    await dialog.getByRole('radio', { name: /^Over to somebody/ }).click();
    await dialog.getByRole('combobox', { name: 'Who takes over' }).waitFor();
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/leave.png` });
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await eventually('the case is with the admin', async () => (await holder()) === company.admin.id);
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: /^Undo/ }).click();
    await eventually('it is hers again', async () => (await holder()) === nele.id);
  });

  it('an address, an organization, a view, a saved reply and its folder that were removed', async () => {
    const { company } = journey;
    const { client } = company.admin;
    const { page } = await journey.sit(company.admin);
    const { keyboard } = page;
    const remove = page.getByRole('button', { name: 'Remove', exact: true });
    const ida = (await client.customers.list({ query: { q: 'ida' } })).items[0] ?? assert.fail('Ida');
    await client.customers.addIdentity({ params: { customerId: ida.id }, body: { kind: 'phone', value: '+49 30 1234567' } });
    const firm = await client.organizations.create({ body: { name: 'Berg & Co', domains: ['berg.test'] } });
    const view = await client.views.create({ body: { name: 'Lamps', icon: '', colour: 'honey', audience: 'personal', teamId: null, content: { filter: { anyTags: ['lamp'] }, sort: 'newest', layout: 'list', columns: ['number'] } } });
    const folder = await client.macros.createFolder({ body: { name: 'Lamps', audience: 'personal' } });
    const macro = await client.macros.create({ body: { name: 'Which bulb', folderId: folder.id, content: { texts: [{ when: {}, text: 'An E27.' }], actions: {} } as never } });
    const acts: readonly (readonly [name: string, at: string, act: () => Promise<unknown>, isThere: () => Promise<boolean>])[] = [
      ['the number', `/customers/${ida.id}`, async () => {
        await page.getByRole('button', { name: /^What to do with \+/ }).click();
        await page.getByRole('menuitem', { name: 'Remove' }).click();
      }, async () => (await client.customers.get({ params: { customerId: ida.id } })).identities.length === 2],
      ['the organization', `/organizations/${firm.id}`, () => remove.click(), async () => (await client.organizations.list({ query: {} })).items.some(({ id }) => id === firm.id)],
      ['the view', `/cases/view-${view.id}`, async () => {
        await page.getByRole('button', { name: 'More for Lamps' }).click({ force: true });
        await page.getByRole('menuitem', { name: 'Remove' }).click();
      }, async () => (await client.views.list()).items.some(({ id }) => id === view.id)],
      ['the saved reply', `/admin/macros/${macro.id}`, () => remove.click(), async () => (await client.macros.list()).items.some(({ id }) => id === macro.id)],
    ];
    const takesBack = async ([name, at, act, isThere]: (typeof acts)[number]) => {
      await page.goto(at);
      await act();
      await eventually(`${name} is gone`, async () => !(await isThere()));
      await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: /^Undo/ }).first().waitFor();
      // Keys belong to a menu until it has closed.
      await page.getByRole('menu').waitFor({ state: 'hidden' });
      await keyboard.press('z');
      await eventually(`${name} is back`, isThere);
    };
    for (const one of acts) await takesBack(one);
    await client.macros.remove({ params: { macroId: macro.id } });
    await takesBack(['the folder', '/admin/macros', () => page.getByRole('button', { name: 'Remove the folder Lamps' }).click(), async () => (await client.macros.listFolders()).items.some(({ id }) => id === folder.id)]);
  });
});
