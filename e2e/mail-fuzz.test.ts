import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { foldHtml } from '../server/src/channels/email/fold/fold-html.ts';
import { sanitizeHtml } from '../server/src/platform/sanitize-html.ts';
import { openBrowser, noChromium } from './browser.ts';

const MAILS = 150;

const name = fc.constantFrom('script', 'img', 'svg', 'iframe', 'object', 'embed', 'a', 'div', 'p', 'table', 'td', 'style', 'link', 'meta', 'base', 'form', 'input', 'button', 'video', 'audio', 'source', 'blockquote', 'math', 'template', 'noscript', 'textarea', 'title', 'body', 'html', 'wbr', 'details', 'font', 'marquee', 'x-y');
const evil = fc.constantFrom('javascript:top.hasRun=1', 'https://evil.test/a', '//evil.test/b', 'data:text/html,<script>top.hasRun=1</script>', 'data:image/svg+xml,<svg onload="top.hasRun=1"/>', ' java\tscript:top.hasRun=1', 'cid:x', 'blob:x', 'vbscript:x', '&#106;avascript:top.hasRun=1', 'url(https://evil.test/c)', 'background:url(//evil.test/d)', 'x" onerror="top.hasRun=1', '0;url=https://evil.test/e', 'quote', 'gmail_quote', 'cite');
const attribute = fc.tuple(fc.constantFrom('src', 'href', 'onload', 'onerror', 'onclick', 'style', 'background', 'srcset', 'srcdoc', 'action', 'xlink:href', 'poster', 'data', 'http-equiv', 'content', 'class', 'type', 'data-fold', 'data-fold-end', 'data-remote-src', 'autofocus onfocus', 'formaction', 'ping'), fc.oneof(evil, fc.constant('top.hasRun=1')), fc.constantFrom('"', "'", '')).map(([key, value, quote]) => ` ${key}=${quote}${value}${quote}`);
const tag = fc.tuple(fc.constantFrom('<', '</', '< ', '<<', '<!--', '<![CDATA[', '<?'), name, fc.array(attribute, { maxLength: 3 }), fc.constantFrom('>', '/>', '', ' >', '-->')).map(([open, what, attributes, end]) => `${open}${what}${attributes.join('')}${end}`);
const words = fc.oneof(fc.constantFrom('top.hasRun=1', 'hello', '-- ', 'On 4 Nov 2024 10:12 Bob &lt;b@x.example&gt; wrote:', '> old', 'From: a@x.example', '\u0000', '&lt;script&gt;top.hasRun=1&lt;/script&gt;', '@import url(https://evil.test/f);'), fc.string({ maxLength: 10 }));
const mail = fc.array(fc.oneof(tag, words), { minLength: 1, maxLength: 25 }).map((pieces) => pieces.join(''));

// Runs in the browser: shows the mail as the workspace does, and says what came of it.
const SHOW = `async (given) => {
  const look = { ink: '#000', quiet: '#555', link: '#00f', line: '#ccc', fold: '#eee', isDark: false };
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
  frame.srcdoc = frameDocument({ html: given, caseId: 'c', attachments: [], mail: {} }, look, false, { quote: 'q', signature: 's' });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const body = frame.contentDocument.body;
  for (const summary of body.querySelectorAll('details > summary')) if (summary.textContent === '•••') summary.remove();
  const whole = new DOMParser().parseFromString(given, 'text/html').body.textContent;
  const bad = body.querySelectorAll('script, iframe, object, embed, form, input, link, meta, base, video, audio').length;
  frame.remove();
  return { text: body.textContent, whole, bad, hasRun: window.hasRun ?? null };
}`;

describe('mails made of anything', { skip: noChromium, timeout: 240_000 }, () => {
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];
  before(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (url === 'http://desk.test/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>desk</title>' });
      outside.push(url);
      return route.abort();
    });
    await page.goto('http://desk.test/');
    // The very code that makes the frame in the workspace.
    const source = stripTypeScriptTypes(await readFile(new URL('../web/src/cases/timeline/frame-document.ts', import.meta.url), 'utf8'));
    await page.addScriptTag({ type: 'module', content: `${source}; window.frameDocument = frameDocument;` });
    await page.waitForFunction('window.frameDocument !== undefined');
  });
  after(() => browser?.close());

  it('run nothing, reach nobody and lose no word when they are shown', async () => {
    for (const html of fc.sample(mail, MAILS)) {
      const safe = foldHtml(sanitizeHtml(html).html);
      const shown = (await page.evaluate(`(${SHOW})(${JSON.stringify(safe)})`)) as { text: string; whole: string; bad: number; hasRun: unknown };
      const plain = (text: string): string => text.replace(/\s+/g, '');
      assert.deepEqual([shown.hasRun, shown.bad, plain(shown.text)], [null, 0, plain(shown.whole)], JSON.stringify(html));
    }
    assert.equal(page.url(), 'http://desk.test/');
    assert.deepEqual(outside, []);
  });
});
