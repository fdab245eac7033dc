import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import type { Caller } from './product.ts';

/** Every page, and how one knows that it is there. */
const PAGES: readonly (readonly [path: string, sign: (page: Page) => ReturnType<Page['locator']>])[] = [
  ['/cases/mine', (page) => page.getByRole('option').first()],
  ['/cases/open/1', (page) => page.getByRole('textbox', { name: /^Reply to/ })],
  ['/cases/snoozed', (page) => page.getByText('Nothing here')],
  ['/search?q=lamp', (page) => page.getByText(/^\d+ cases?/).first()],
  ['/ledger', (page) => page.getByText('It adds up: every message is accounted for')],
  ['/reports', (page) => page.getByRole('heading', { name: 'Backlog', exact: true })],
  ['/mailbox', (page) => page.getByRole('heading').first()],
  ['/admin', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/company', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/people', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/teams', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/roles', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/inboxes', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/api-keys', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/retention', (page) => page.getByRole('heading', { level: 1 })],
  ['/admin/audit', (page) => page.getByRole('heading', { level: 1 })],
  ['/account', (page) => page.getByRole('heading', { level: 1 })],
  ['/account/security', (page) => page.getByRole('heading', { level: 1 })],
  ['/account/appearance', (page) => page.getByRole('heading', { level: 1 })],
  ['/nowhere', (page) => page.getByText('There is nothing at this address')],
];

describe('every page', { skip: noChromium, timeout: 400_000 }, () => {
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
      for (const [path, sign] of PAGES) {
        it(`${path} has nothing in the way of anybody`, async () => {
          const { page } = await sit(journey.company.admin);
          await page.goto(path);
          await sign(page).waitFor();
          const found = await findings(page);
          assert.equal(found.length, 0, `\n${found.join('\n')}`);
        });
      }
      it('nor have the pages before one is signed in', async () => {
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
