import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { written } from './written.ts';

describe('two colleagues on one case', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('see each other, and an answer is stopped when the other was quicker', async () => {
    const { product, customers, company } = journey;
    const tom = await company.hire('Tom Tide');
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: 'Where is it?' });
    // What the server tells her browser can be held up on the way.
    let isHeldUp = false;
    const open = async (who: typeof tom) => {
      const desk = await journey.sit(who, {}, (page) => page.routeWebSocket(/\/api\/v1\/live/, (near) => {
        const far = near.connectToServer();
        far.onMessage((message) => {
          if (!(isHeldUp && who === company.admin)) near.send(message);
        });
      }));
      await desk.page.getByRole('link', { name: /^Unassigned/ }).click();
      await desk.page.getByRole('option', { name: /Ida Berg/ }).click();
      return desk;
    };
    const { page: hers } = await open(company.admin);
    const { page: his } = await open(tom);
    await hers.getByText('Tom Tide is looking at this case').waitFor();
    await his.getByText('Hanna Hafen is looking at this case').waitFor();

    const hisEditor = his.getByRole('textbox', { name: 'Reply to Ida Berg' });
    await hisEditor.pressSequentially('It is at the');
    await hers.getByText('Tom Tide is writing').waitFor();

    // News of what he sends while she writes has not reached her yet.
    await hers.getByRole('textbox', { name: 'Reply to Ida Berg' }).fill('I do not know.');
    isHeldUp = true;
    await hisEditor.fill('It is at the depot.');
    await his.getByRole('button', { name: /^Send/ }).click();
    await his.getByRole('button', { name: 'Send now' }).click();
    await customers.mailFor('ida@elsewhere.test');

    await hers.getByRole('button', { name: /^Send/ }).click();
    const dialog = hers.getByRole('dialog', { name: 'A newer message arrived' });
    await dialog.getByText('It is at the depot.').waitFor();
    assert.equal(customers.mailbox('ida@elsewhere.test').length, 1, 'nothing of hers went out');

    isHeldUp = false;
    await dialog.getByRole('button', { name: 'Edit my reply' }).click();
    const herEditor = hers.getByRole('textbox', { name: 'Reply to Ida Berg' });
    await herEditor.waitFor();
    assert.equal(await written(herEditor), 'I do not know.', 'and nothing is lost');
    await herEditor.fill('And it reaches you on Friday.');
    await hers.getByRole('button', { name: /^Send/ }).click();
    await hers.getByRole('button', { name: 'Send now' }).click();
    const second = await customers.mailFor('ida@elsewhere.test', 2);
    assert.match(second.mail.text ?? '', /on Friday/);
  });
});
