import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { noChromium } from './browser.ts';
import { PASSWORD } from './company.ts';
import { openJourney } from './journey.ts';
import { weaken, type Fetched } from './weak-link.ts';

/** What may come over the line, in kB, with a browser that was never here. Bytes, not seconds: they are the same on every machine. */
const MOST_KB = { signIn: 385, desk: 420, answered: 615 };
const kilobytes = (fetched: readonly Fetched[]) => fetched.reduce((sum, each) => sum + each.bytes, 0) / 1024;

describe('on a link of 1 Mbit/s with 300 ms of delay', { skip: noChromium, timeout: 300_000 }, () => {
  const journey = openJourney();

  it('an agent signs in with an empty cache, opens a case and answers: nothing is lost, and something is seen to happen', async (test) => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Lamp', text: 'Where is it?' });
    let fetched: Fetched[] = [];
    const signs: string[] = [];
    const { page } = await journey.sit(undefined, {}, async (fresh: Page) => {
      fresh.setDefaultTimeout(60_000);
      await fresh.exposeFunction('noteSign', (sign: string) => signs.push(sign));
      await fresh.addInitScript(`new MutationObserver(() => { const sign = document.querySelector('#start'); if (sign && sign.checkVisibility() && !globalThis.isNoted) { globalThis.isNoted = true; noteSign('start'); } }).observe(document, { childList: true, subtree: true });`);
      ({ fetched } = await weaken(fresh));
    });
    await page.getByLabel('Work e-mail').or(page.getByLabel('E-mail')).first().fill(company.admin.email);
    test.diagnostic(`to the sign-in: ${kilobytes(fetched).toFixed(0)} kB`);
    assert.deepEqual(signs, ['start'], 'a sign of the start is seen while the scripts are on their way');
    assert.ok(kilobytes(fetched) < MOST_KB.signIn, `${kilobytes(fetched).toFixed(0)} kB to the sign-in`);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    const row = page.getByRole('option', { name: /Ida Berg/ });
    await row.waitFor();
    test.diagnostic(`to a desk one can work at: ${kilobytes(fetched).toFixed(0)} kB`);
    assert.ok(kilobytes(fetched) < MOST_KB.desk, `${kilobytes(fetched).toFixed(0)} kB to the desk`);

    await row.click();
    await page.getByRole('region', { name: 'What happened' }).getByText('Where is it?').waitFor();
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).fill('On Friday, I promise.');
    await page.getByRole('button', { name: /^Send/ }).click();
    // Over such a link the ten seconds may be over before the button is pressed.
    const goesOut = customers.mailFor('ida@elsewhere.test');
    await Promise.race([page.getByRole('button', { name: 'Send now' }).click().catch(() => goesOut), goesOut]);
    const { mail } = await goesOut;
    assert.match(mail.text ?? '', /On Friday, I promise\./);
    await page.getByRole('region', { name: 'What happened' }).getByText('Accepted by the mail server').waitFor();
    assert.equal(customers.mailbox('ida@elsewhere.test').length, 1, 'sent once');
    await page.waitForLoadState('networkidle');
    test.diagnostic(`to an answer that is sent: ${kilobytes(fetched).toFixed(0)} kB`);
    assert.ok(kilobytes(fetched) < MOST_KB.answered, `${kilobytes(fetched).toFixed(0)} kB to an answer`);

    assert.ok(kilobytes(fetched) > 200, 'the scripts were counted');
    for (const { address, headers, status } of fetched.filter((each) => each.status === 200)) {
      if (/\.(js|css)$/.test(address) || address === '/') assert.match(headers['content-encoding'] ?? '', /^(br|gzip)$/, `${address} is sent packed`);
      if (address.startsWith('/assets/')) assert.match(headers['cache-control'] ?? '', /immutable/, `${address} is kept for ever`);
      if (address.startsWith('/api/')) assert.doesNotMatch(headers['cache-control'] ?? '', /public|immutable/, `${address} (${status}) is nobody else's`);
    }
  });

  it('a start asks for what it needs in one go: nothing waits for a script that waits for a script', async (test) => {
    const { company } = journey;
    let fetched: Fetched[] = [];
    const { page } = await journey.sit(company.admin, {}, async (fresh: Page) => {
      fresh.setDefaultTimeout(60_000);
      ({ fetched } = await weaken(fresh));
    });
    await page.getByRole('listbox').or(page.getByText('No cases yet')).first().waitFor();
    const started = fetched.find((each) => each.address === '/')?.endedAt ?? 0;
    const first = fetched.filter((each) => /^\/assets\/.*\.(js|css)$/.test(each.address)).sort((a, b) => a.startedAt - b.startedAt);
    for (const each of fetched) test.diagnostic(`${(each.startedAt - started).toFixed(2)} → ${(each.endedAt - started).toFixed(2)} s  ${(each.bytes / 1024).toFixed(1)} kB  ${each.address}`);
    const startup = first.find((each) => /\/startup-.*\.js$/.test(each.address));
    assert.ok(startup);
    for (const name of ['en', 'desk', 'shared', 'shared-beyond', 'case-pane']) {
      const file = first.find((each) => each.address.startsWith(`/assets/${name}-`));
      assert.ok(file, `${name} is fetched`);
      assert.ok(file.startedAt < startup.endedAt, `${name} is asked for while the start is still on its way`);
    }
    // What is there is not fetched again; what is still on its way would be.
    await page.waitForLoadState('networkidle');
    fetched.length = 0;
    await page.reload();
    await page.getByRole('listbox').or(page.getByText('No cases yet')).first().waitFor();
    assert.ok(kilobytes(fetched) < 30, `${kilobytes(fetched).toFixed(0)} kB when one comes again`);
  });
});
