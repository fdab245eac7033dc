import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

/** Counts the tones that a page plays and notes what the browser would show; pages of one browser are all in front in a test, so the focus is set by hand. */
const SPY = `
  globalThis.heard = 0;
  globalThis.shown = [];
  globalThis.isInFront = true;
  document.hasFocus = () => globalThis.isInFront;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) {
    globalThis.heard += 1;
    start.call(this, when);
  };
  globalThis.Notification = class {
    static permission = 'granted';
    constructor(title) {
      globalThis.shown.push(title);
    }
    close() {}
  };
`;
const listen = (page: Page) => page.addInitScript(SPY);
const leave = (page: Page) => page.evaluate('globalThis.isInFront = false');
const heard = (page: Page) => page.evaluate('globalThis.heard') as Promise<number>;
const shown = (page: Page) => page.evaluate('globalThis.shown') as Promise<string[]>;

async function titled(page: Page, title: RegExp): Promise<void> {
  while (!title.test(await page.title())) await page.waitForTimeout(50);
}

describe('being told', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('what is assigned rings once in two tabs, stands behind the bell in both browsers, and is gone from both when it is read in one', async () => {
    const { product, customers, company } = journey;
    const tom = await company.hire('Tom Tide');
    await customers.write(product.smtpPort, { from: 'Kim Kay <kim@elsewhere.test>', to: company.address, subject: 'Chair', text: 'A leg is loose.' });
    const { client } = company.admin;
    let found: { id: string; number: number } | undefined;
    while (!found) [found] = (await client.cases.list()).items;
    const { page: hers } = await journey.sit(company.admin, {}, listen);
    const { page: his, context } = await journey.sit(tom, {}, listen);
    const second = await context.newPage();
    await listen(second);
    await second.goto('/');
    const { page: elsewhere } = await journey.sit(tom, {}, listen);
    for (const page of [his, second, elsewhere]) {
      await page.getByRole('button', { name: /otification/ }).waitFor();
      // The first gesture of a new user; nothing is switched on.
      await page.keyboard.press('Shift');
      await leave(page);
    }
    await hers.getByRole('button', { name: /otification/ }).waitFor();
    const before = (await hers.getByRole('button', { name: /unread$/ }).count()) > 0 ? await hers.getByRole('button', { name: /unread$/ }).getAttribute('aria-label') : null;

    await client.cases.update({ params: { caseId: found.id }, body: { assigneeId: tom.id } });
    for (const page of [his, second, elsewhere]) await titled(page, /^\[/);
    const inOneBrowser = async () => (await heard(his)) + (await heard(second));
    while ((await inOneBrowser()) === 0) await his.waitForTimeout(50);
    await his.waitForTimeout(800);
    assert.equal(await inOneBrowser(), 2, 'one tone of two notes, in one of the two tabs');
    assert.deepEqual([...(await shown(his)), ...(await shown(second))], [`Hanna Hafen assigned #${found.number} to you`]);
    assert.equal(await heard(hers), 0, 'whoever did it is not told');
    assert.equal((await hers.getByRole('button', { name: /unread$/ }).count()) > 0 ? await hers.getByRole('button', { name: /unread$/ }).getAttribute('aria-label') : null, before);

    await his.getByRole('button', { name: /unread$/ }).click();
    await his.getByRole('link', { name: /Hanna Hafen assigned/ }).click();
    await his.getByRole('heading', { name: 'Chair' }).waitFor();
    for (const page of [his, second, elsewhere]) await titled(page, /^[^[]/);
  });

  it('an agent chooses how to be told, and pauses', async () => {
    const { company } = journey;
    const uma = await company.hire('Uma Ulm');
    const { page } = await journey.sit(uma);
    await page.getByRole('button', { name: /otification/ }).first().click();
    await page.getByRole('button', { name: 'Pause notifications' }).click();
    await page.getByRole('menuitem', { name: 'For one hour' }).click();
    await page.getByRole('button', { name: /^Paused until/ }).waitFor();
    await page.getByRole('link', { name: 'Choose what you are told of' }).first().click();
    await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor();
    await page.getByRole('checkbox', { name: 'Sound: New case' }).click();
    await page.getByRole('switch', { name: 'Keep quiet hours' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    const { choices, timeZone, pausedUntil } = await uma.client.notifications.getSettings();
    assert.deepEqual([choices.events.new_case.sound, choices.quiet.isOn, timeZone, pausedUntil !== null], [true, true, 'Europe/Dublin', true]);
  });
});
