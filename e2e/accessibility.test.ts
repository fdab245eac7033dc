import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import type { Caller } from './product.ts';

// The pages themselves, in both themes, widths and directions: `everybody.test.ts`.
describe('what stands before and above the pages', { skip: noChromium, timeout: 400_000 }, () => {
  const journey = openJourney();
  before(async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: 'Where is my lamp?\n\nOn Monday you wrote:\n> soon', html: '<p>Where is my <b>lamp</b>?</p>', attachments: [{ filename: 'list.csv', content: 'a,b' }] });
    const { id } = await company.admin.client.cases.findByNumber({ params: { number: 1 } });
    await company.admin.client.cases.update({ params: { caseId: id }, body: { assigneeId: company.admin.id, priority: 'urgent', addTags: ['lamp'] } });
    await company.admin.client.cases.addNote({ params: { caseId: id }, body: { text: 'Asked the depot.' } });
  });
  for (const theme of ['light', 'dark'] as const) {
    describe(`in the ${theme}`, () => {
      const sit = (who?: Caller) => journey.sit(who, { colorScheme: theme, reducedMotion: 'reduce' });
      it('the pages before one is signed in have nothing in the way of anybody', async () => {
        const { page } = await sit();
        for (const path of ['/sign-in', '/forgotten-password']) {
          await page.goto(path);
          await page.getByRole('heading').first().waitFor();
          const found = await findings(page);
          assert.equal(found.length, 0, `${path}\n${found.join('\n')}`);
        }
      });
      it('nor have the palette, the sheet of keys and the pickers', async () => {
        const { page } = await sit(journey.company.admin);
        await page.goto('/cases/open/1');
        await page.getByRole('textbox', { name: /^Reply to/ }).waitFor();
        for (const [key, sign] of [['Control+k', 'Do, go or find anything…'], ['b', 'Snooze until…'], ['a', 'Assign to…'], ['t', 'Add or remove tags…']] as const) {
          await page.keyboard.press(key);
          await page.getByPlaceholder(sign).waitFor();
          const found = await findings(page);
          assert.equal(found.length, 0, `${sign}\n${found.join('\n')}`);
          await page.keyboard.press('Escape');
          await page.getByPlaceholder(sign).waitFor({ state: 'hidden' });
        }
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
        const found = await findings(page);
        assert.equal(found.length, 0, `the sheet of keys\n${found.join('\n')}`);
      });
    });
  }
});
