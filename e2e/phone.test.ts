import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

/** Controls that lie on one another, and words that are cut off, each with what it says. */
const CRAMPED = `(() => {
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getBoundingClientRect().width > 2;
  const controls = [...document.querySelectorAll('header button, header a, header h2, footer button, nav a, nav button')].filter((each) => seen(each) && !each.closest('[data-scrolls-sideways]'));
  // What has been scrolled away lies on nothing.
  const boxOf = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const box = { left, right, top, bottom };
    for (let up = element.parentElement; up; up = up.parentElement) if (getComputedStyle(up).overflowY !== 'visible') {
      const edge = up.getBoundingClientRect();
      Object.assign(box, { top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom) });
    }
    return box;
  };
  const name = (element) => element.getAttribute('aria-label') ?? element.textContent;
  const out = [];
  for (const [index, one] of controls.entries()) {
    const a = boxOf(one);
    if (a.left < -1 || a.right > innerWidth + 1) out.push(name(one) + ' sticks out');
    for (const other of controls.slice(index + 1)) {
      const b = boxOf(other);
      if (one.contains(other) || other.contains(one) || a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1) continue;
      out.push(name(one) + ' lies on ' + name(other));
    }
  }
  for (const words of document.querySelectorAll('header h2, header h2 *, nav a span')) if (seen(words) && (words.scrollWidth > words.clientWidth + 1 || words.scrollHeight > words.clientHeight + 2) && getComputedStyle(words).display !== 'inline') out.push('“' + words.textContent + '” is cut off');
  return out;
})()`;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What one answers, sends and plans with that a notice lies on; what is scrolled away is under nothing. */
const COVERED = `(() => {
  const section = document.querySelector('[aria-label="Notices"]');
  const notices = [...section.querySelectorAll('[role=status] > *')].map((each) => each.getBoundingClientRect());
  section.style.display = 'none';
  const seen = [...document.querySelectorAll('main button')].filter((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return !button.closest('main > * header') && button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  section.style.display = '';
  return seen.filter((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    return notices.some((notice) => left < notice.right && notice.left < right && top < notice.bottom && notice.top < bottom);
  }).map((button) => button.getAttribute('aria-label') ?? button.textContent);
})()`;

describe('on a phone', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('list, case and answer follow each other, and the way back leads home', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: `Where is it?\n\n${'A long story. '.repeat(40)}` });
    const { page } = await journey.sit(company.admin, PHONE);
    const isWide = () => page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');

    await page.goto('/cases/unassigned');
    const row = page.getByRole('option', { name: /Ida Berg/ });
    await row.waitFor();
    assert.equal(await isWide(), false, 'the list fits');
    await row.tap();
    await page.getByRole('region', { name: 'What happened' }).getByText('Where is it?').waitFor();
    assert.equal(await page.getByRole('option').count(), 0, 'one thing at a time');
    assert.equal(await isWide(), false, 'the case fits');

    const editor = page.getByRole('textbox', { name: 'Reply to Ida Berg' });
    await editor.tap();
    await editor.fill('It comes on Friday.');
    const send = page.getByRole('button', { name: /^Send/ });
    const box = await send.boundingBox();
    assert.ok(box && box.height >= 32 && box.x + box.width <= 390, JSON.stringify(box));
    await send.tap();
    await page.getByRole('button', { name: 'Send now' }).tap();
    const { mail } = await customers.mailFor('ida@elsewhere.test');
    assert.match(mail.text ?? '', /on Friday/);
    await page.getByText('Accepted by the mail server').waitFor();

    await page.getByRole('button', { name: 'Show or hide the customer' }).tap();
    await page.getByText('Good to know').waitFor();
    assert.equal(await isWide(), false, 'the customer fits');
    await page.getByRole('button', { name: 'Back to the case' }).tap();
    await page.getByRole('button', { name: 'Back to the list' }).tap();
    await page.getByRole('heading', { name: 'Unassigned' }).waitFor();
  });

  it('with text twice as large, the subject is read, a message is seen above the answer, and nothing lies on anything', async () => {
    const { product, customers, company } = journey;
    const subject = 'The second lamp of my order';
    await customers.write(product.smtpPort, { from: 'Cora Dahl <cora@elsewhere.test>', to: company.address, subject, text: `Where is it?\n\n${'A long story. '.repeat(40)}` });
    const { page } = await journey.sit(company.admin, PHONE);
    await page.evaluate("localStorage.setItem('rapport.text', '200')");
    for (const locale of ['de', 'en']) {
      await page.evaluate(`localStorage.setItem('rapport.locale', '${locale}')`);
      await page.goto('/cases/unassigned');
      const row = page.getByRole('option', { name: /Cora Dahl/ });
      await row.waitFor();
      assert.deepEqual(await page.evaluate<string[]>(CRAMPED), [], `the list, ${locale}`);
      await row.tap();
      await page.getByRole('region', { name: locale === 'de' ? 'Was geschah' : 'What happened' }).getByText('Where is it?').waitFor();
      const heading = page.getByRole('heading', { name: subject });
      const box = await heading.boundingBox();
      assert.ok(box && box.width > 200, JSON.stringify(box));
      const timeline = await page.getByRole('region', { name: locale === 'de' ? 'Was geschah' : 'What happened' }).boundingBox();
      assert.ok(timeline && timeline.height > 200, JSON.stringify(timeline));
      assert.deepEqual(await page.evaluate<string[]>(CRAMPED), [], `the case, ${locale}`);
    }
    await page.getByRole('textbox', { name: 'Reply to Cora Dahl' }).tap();
    await page.keyboard.type('It comes on Friday.');
    assert.deepEqual(await page.evaluate<string[]>(CRAMPED), [], 'while one writes');
    await page.getByRole('button', { name: /^Send/ }).tap();
    // What was just done is told where nobody answers or sends: nothing that is for that is under it.
    const notice = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' });
    await notice.waitFor();
    const now = page.getByRole('button', { name: 'Send now' });
    await now.waitFor();
    assert.deepEqual(await page.evaluate<string[]>(COVERED), []);
    await now.tap();
    assert.match((await customers.mailFor('cora@elsewhere.test')).mail.text ?? '', /on Friday/);

    for (const path of ['/admin', '/admin/inboxes']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.deepEqual(await page.evaluate<string[]>(CRAMPED), [], path);
    }
  });
});
