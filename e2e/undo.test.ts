import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('what is done to a case is taken back with one key', { skip: noChromium, timeout: 240_000 }, () => {
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
});
