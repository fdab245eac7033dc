import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { openJourney } from './journey.ts';
import { written } from './written.ts';

describe('what goes out, and when', () => {
  const journey = openJourney();

  /** A customer's first mail, and its case. */
  async function arrive(name: string, more: object = {}): Promise<{ caseId: string; number: number; address: string; messageId: string }> {
    const { product, customers, company } = journey;
    const address = `${name.toLowerCase()}@elsewhere.test`;
    const messageId = await customers.write(product.smtpPort, { from: `${name} Dahl <${address}>`, to: company.address, subject: `Lamp of ${name}`, text: 'It flickers.', ...more });
    const found = await eventually('the case', async () => (await company.admin.client.cases.list({ query: {} })).items.find((row) => row.customer.name === `${name} Dahl`));
    return { caseId: found.id, number: found.number, address, messageId };
  }
  const planned = async (caseId: string) => (await journey.company.admin.client.mailOut.listPlanned({ params: { caseId } })).items;
  const sent = (address: string) => journey.customers.mailbox(address).length;

  it('an answer is taken back by key after a reload, and on another device it is a draft too', async () => {
    const { company } = journey;
    const { caseId, number, address } = await arrive('Jon');
    await company.admin.client.accounts.updateAccount({ body: { undoSeconds: 60 } });
    const { page } = await journey.sit(company.admin);
    await page.goto(`/cases/open/${number}`);
    const box = page.getByRole('textbox', { name: 'Reply to Jon Dahl' });
    await box.fill('It is green.');
    await page.getByText(/^Draft saved/).waitFor();
    await box.press('End');
    await box.pressSequentially(' Or not.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await eventually('it waits on the server', async () => (await planned(caseId)).length === 1);
    await page.reload();
    await page.getByRole('article', { name: 'Waiting to be sent' }).waitFor();
    // The page was closed the moment the answer was there: what this device had kept of it is not a second answer.
    await box.waitFor();
    assert.deepEqual([await written(box), (await company.admin.client.cases.listDrafts({ params: { caseId } })).items], ['', []]);
    await page.keyboard.press('z');
    await page.getByRole('article', { name: 'Waiting to be sent' }).waitFor({ state: 'detached' });
    await eventually('it is a draft again', async () => (await company.admin.client.cases.listDrafts({ params: { caseId } })).items[0]?.text === 'It is green. Or not.');
    assert.deepEqual([await planned(caseId), sent(address)], [[], 0]);
  });

  it('a scheduled answer stands on the case, is held back when the customer writes first, and goes out when the agent says so', async () => {
    const { product, customers, company } = journey;
    const { caseId, number, address, messageId } = await arrive('Ida');
    const { page } = await journey.sit(company.admin);
    await page.goto(`/cases/open/${number}`);
    await page.getByRole('textbox', { name: 'Reply to Ida Dahl' }).fill('We look at it tomorrow.');
    await page.getByRole('button', { name: 'When to send' }).click();
    await page.getByRole('option', { name: /^Tomorrow morning/ }).click();
    const card = page.getByRole('article', { name: 'Waiting to be sent' });
    await card.getByText(/^Goes out/).waitFor();
    const [plan] = await eventually('the plan', async () => { const items = await planned(caseId); return items.length > 0 && items; });
    assert.deepEqual([plan?.hold, new Date(plan?.sendAt ?? 0).getMinutes(), Date.parse(plan?.sendAt ?? '') > Date.now()], ['schedule', 0, true]);
    await customers.write(product.smtpPort, { from: `Ida Dahl <${address}>`, to: company.address, subject: 'Re: Lamp of Ida', inReplyTo: messageId, text: 'It works again!' });
    await card.getByText(/Held back/).waitFor();
    await card.getByRole('button', { name: 'Send anyway' }).click();
    const { mail } = await customers.mailFor(address);
    assert.match(mail.text ?? '', /^We look at it tomorrow\./);
    await card.waitFor({ state: 'detached' });
    assert.equal(sent(address), 1);
  });

  it('a message is forwarded with its file; a file that is only spoken of is asked about once', async () => {
    const { customers, company } = journey;
    const { number } = await arrive('Per', { attachments: [{ filename: 'bill.txt', content: 'paid' }] });
    await company.admin.client.accounts.updateAccount({ body: { undoSeconds: 0 } });
    const { page } = await journey.sit(company.admin);
    await page.goto(`/cases/open/${number}`);
    await page.getByRole('textbox', { name: 'Reply to Per Dahl' }).fill('The form is attached.');
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByText(/You write “attached”/).waitFor();
    await page.getByRole('button', { name: 'Back to the text' }).click();
    await page.getByRole('button', { name: /^Send Ctrl|^Send$/ }).click();
    assert.match((await customers.mailFor('per@elsewhere.test')).mail.text ?? '', /^The form is attached\./);

    await page.getByRole('article', { name: /Per Dahl/ }).first().getByRole('button', { name: 'Forward' }).click();
    await page.getByRole('combobox', { name: 'To' }).fill('workshop@partner.test');
    await page.getByRole('textbox', { name: 'Words above the forwarded message' }).fill('Please have a look.');
    await page.getByRole('checkbox', { name: 'bill.txt' }).waitFor();
    await page.getByRole('button', { name: /^Send Ctrl|^Send$/ }).click();
    const { mail } = await customers.mailFor('workshop@partner.test');
    assert.match(mail.text ?? '', /^Please have a look\.[\s\S]*Forwarded message[\s\S]*It flickers/);
    assert.deepEqual(mail.attachments.map((file) => file.filename), ['bill.txt']);
    await page.getByText('Forwarded').first().waitFor();
  });

  it('a stranger’s address is asked about, and a case begins with a mail', async () => {
    const { customers, company } = journey;
    const { number } = await arrive('Eva');
    const { page } = await journey.sit(company.admin);
    await page.goto(`/cases/open/${number}`);
    await page.getByRole('textbox', { name: 'Reply to Eva Dahl' }).fill('Here you are.');
    await page.getByTitle('Change who gets this').click();
    await page.getByRole('combobox', { name: 'Cc' }).fill('per@elsewhere.test');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Send Ctrl|^Send$/ }).click();
    await page.getByText('per@elsewhere.test belongs to another customer: Per Dahl.').waitFor();
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await customers.mailFor('eva@elsewhere.test');

    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.getByLabel('E-mail', { exact: false }).first().fill('nora@elsewhere.test');
    await page.getByLabel('Subject').last().fill('Your order');
    await page.getByLabel('Message').last().fill('It is on its way.');
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    const { mail } = await customers.mailFor('nora@elsewhere.test');
    assert.deepEqual([mail.subject, mail.text?.trim()], ['Your order', 'It is on its way.']);
  });

  it('killed in the seconds around its time, an answer goes out once', async () => {
    const { product, company } = journey;
    await company.admin.client.accounts.updateAccount({ body: { undoSeconds: 3 } });
    const all: { caseId: string; address: string; takenBack: boolean }[] = [];
    for (let i = 0; i < 6; i += 1) {
      const { caseId, address } = await arrive(`Kim${String.fromCharCode(65 + i)}`);
      const { planned: plan } = await company.admin.client.mailOut.plan({ params: { caseId }, body: { message: { kind: 'reply', text: 'Once.', to: [address] } } });
      const one = { caseId, address, takenBack: false };
      all.push(one);
      if (i % 3 === 2) one.takenBack = await company.admin.client.mailOut.takeBack({ params: { caseId, planId: plan?.id ?? '' } }).then(() => true);
    }
    // The first are going out, the last still wait.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await product.kill();
    await product.startAgain();
    // Whoever dies between handing a mail over and hearing that it was taken does not know, says so, and sends nothing twice.
    const isUncertain = async (caseId: string) => (await company.admin.client.cases.listEntries({ params: { caseId } })).items.some((entry) => entry.kind === 'message' && entry.delivery?.state === 'unknown');
    await eventually('each has gone out, or is said to be uncertain', async () => (await Promise.all(all.map(async ({ caseId, address, takenBack }) => takenBack || sent(address) === 1 || (await isUncertain(caseId))))).every(Boolean) || undefined, 90);
    await eventually('nothing waits', async () => (await Promise.all(all.map(({ caseId }) => planned(caseId)))).flat().length === 0);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    for (const { caseId, address, takenBack } of all) assert.equal(sent(address), takenBack ? 0 : (await isUncertain(caseId)) ? sent(address) : 1, address);
    assert.ok(all.every(({ address }) => sent(address) <= 1), 'none twice');
    for (const { caseId, takenBack } of all) assert.equal((await company.admin.client.cases.listDrafts({ params: { caseId } })).items.length, takenBack ? 1 : 0);
  });
});
