import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('the look that somebody chose', { skip: noChromium, timeout: 120_000 }, () => {
  const journey = openJourney();
  before(async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'A lamp', text: 'Where is my lamp?' });
  });
  const atDesk = async (page: Page) => {
    await page.goto('/cases/open');
    await page.getByRole('option', { name: /Ida Berg/ }).waitFor();
  };
  const rowHeight = async (page: Page) => (await page.getByRole('option', { name: /Ida Berg/ }).boundingBox())?.height ?? 0;

  it('rows are as high as was chosen, on the next visit, too', async () => {
    const { page } = await journey.sit(journey.company.admin);
    const heights: number[] = [];
    for (const density of ['Compact', 'Cosy', 'Roomy']) {
      await page.goto('/account/appearance');
      await page.getByRole('radio', { name: density }).click();
      await atDesk(page);
      heights.push(await rowHeight(page));
    }
    const [compact = 0, cosy = 0, roomy = 0] = heights;
    assert.ok(compact > 0 && compact < cosy && cosy < roomy, heights.join(', '));
    await page.reload();
    await page.getByRole('option', { name: /Ida Berg/ }).waitFor();
    assert.equal(await rowHeight(page), roomy);
  });

  it('nothing moves any more where that was chosen, whatever the system says, and from the first moment on', async () => {
    const { page } = await journey.sit(journey.company.admin, { reducedMotion: 'no-preference' });
    // Everything that would take longer than a blink to change or that goes on for ever.
    const moving = () => page.evaluate<number>(`[...document.querySelectorAll('*')].filter((each) => {
      const style = getComputedStyle(each);
      const longest = (list) => Math.max(...list.split(',').map(parseFloat));
      return longest(style.transitionDuration) > 0.001 || (style.animationName !== 'none' && longest(style.animationDuration) > 0.001) || style.scrollBehavior === 'smooth';
    }).length`);
    await atDesk(page);
    assert.ok((await moving()) > 0, 'by itself something does');
    await page.goto('/account/appearance');
    await page.getByRole('switch', { name: 'Nothing moves' }).click();
    await eventually('it is so at once', async () => (await moving()) === 0);
    await atDesk(page);
    assert.equal(await moving(), 0);
    await page.goto('/account/appearance');
    await page.getByRole('switch', { name: 'Nothing moves' }).click();
    await eventually('and back', async () => (await moving()) > 0);
  });

  it('text twice as large leaves a wide window room for one pane, and gives it back', async () => {
    const { page } = await journey.sit(journey.company.admin);
    const choose = page.getByText('Choose a case', { exact: true });
    const views = page.getByRole('link', { name: /^Snoozed/ });
    await atDesk(page);
    await choose.waitFor();
    await views.waitFor();
    await page.goto('/account/appearance');
    await page.getByRole('radio', { name: /^200/ }).click();
    // The menu of the settings makes room at once.
    await page.getByRole('link', { name: 'Profile' }).waitFor({ state: 'hidden' });
    await atDesk(page);
    await choose.waitFor({ state: 'hidden' });
    await views.waitFor({ state: 'hidden' });
    const list = await page.getByRole('option', { name: /Ida Berg/ }).boundingBox();
    assert.ok((list?.width ?? 0) > 1000, 'the list takes the whole width');
    await page.goto('/account/appearance');
    await page.getByRole('radio', { name: /^100/ }).click();
    await page.getByRole('link', { name: 'Profile' }).waitFor();
  });

  it('the width of the list stays as it was drawn', async () => {
    const { page } = await journey.sit(journey.company.admin);
    await atDesk(page);
    const edge = page.getByRole('separator', { name: 'Width of the list' });
    const list = page.locator('section', { has: edge });
    const width = async () => (await list.boundingBox())?.width ?? 0;
    const [usual, box] = [await width(), await edge.boundingBox()];
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 200, { steps: 4 });
    await page.mouse.up();
    const drawn = await width();
    assert.ok(drawn > usual + 60, `${usual} to ${drawn}`);
    await page.reload();
    await page.getByRole('option', { name: /Ida Berg/ }).waitFor();
    assert.equal(await width(), drawn);
    await edge.focus();
    await page.keyboard.press('Home');
    assert.ok((await width()) < usual, 'and by keys');
  });
});
