import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { chromium } from 'playwright-core';
import { sanitizeHtml } from './sanitize-html.ts';

const clean = (html: string): string => sanitizeHtml(html).html;

test('what a customer writes in a mail program looks as it did', () => {
  const written = '<div dir="ltr"><p style="margin:0;color:#333;font-family:Arial,&quot;Open Sans&quot;">Hello <b>you</b>,</p><ul><li>one</li></ul>'
    + '<table width="600" cellpadding="4" border="1"><tbody><tr><td align="left" colspan="2" bgcolor="#eeeeee">x</td></tr></tbody></table></div>';
  assert.equal(clean(written), written);
});

test('the body of a whole document keeps its background', () => {
  assert.equal(clean('<html><head><title>T</title><style>p{color:red}</style></head><body bgcolor="#eee" onload="x()"><p>a</p></body></html>'), '<div bgcolor="#eee"><p>a</p></div>');
});

test('links open elsewhere and say nothing about where they were read', () => {
  assert.equal(clean('<a href="https://shop.example/?a=1&amp;b=2" target="_top" ping="https://t.example">x</a>'), '<a href="https://shop.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">x</a>');
  assert.equal(clean('<a href="mailto:a@b.example">x</a>'), '<a href="mailto:a@b.example" rel="noopener noreferrer nofollow" target="_blank">x</a>');
  assert.equal(clean('<a href="//shop.example/a">x</a>'), '<a href="https://shop.example/a" rel="noopener noreferrer nofollow" target="_blank">x</a>');
  for (const href of ['javascript:alert(1)', ' java\nscript:alert(1)', 'JAVASCRIPT:alert(1)', 'java&#x0A;script:alert(1)', '&#1;javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '/inbox', '?x', '\\\\evil', 'view-source:https://x']) {
    assert.equal(clean(`<a href="${href}">x</a>`), '<a>x</a>', href);
  }
});

test('pictures of the mail keep their address and are named, so that they can be mapped', () => {
  const safe = sanitizeHtml('<img src="cid:logo%40shop" width="10"><img src="CID:second@shop" alt="">');
  assert.equal(safe.html, '<img width="10" src="cid:logo%40shop" /><img alt="" src="CID:second@shop" />');
  assert.deepEqual(safe.contentIds, ['logo@shop', 'second@shop']);
  assert.equal(safe.hasRemoteContent, false);
});

test('pictures and backgrounds on the network wait until the reader wants them', () => {
  const safe = sanitizeHtml('<img src="http://t.example/p.gif" srcset="http://t.example/2.gif 2x" lowsrc="http://t.example/l.gif">'
    + '<td background="//t.example/b.png">a</td><p style="background:#fff url( \'https://t.example/c.png\' ) no-repeat">b</p>');
  assert.equal(safe.hasRemoteContent, true);
  assert.equal(safe.html, '<img data-remote-src="http://t.example/p.gif" /><td data-remote-background="https://t.example/b.png">a</td>'
    + '<p style="background:#fff no-repeat" data-remote-background="https://t.example/c.png">b</p>');
  assert.equal(sanitizeHtml('<p data-remote-src="javascript:alert(1)">x</p>').html, '<p>x</p>');
});

test('a pasted picture stays, a drawing that can run scripts does not', () => {
  assert.equal(clean('<img src="data:image/png;base64,iVBORw0KGgo=">'), '<img src="data:image/png;base64,iVBORw0KGgo=" />');
  assert.equal(clean('<img src="data:image/svg+xml;base64,PHN2Zz4=">'), '<img />');
});

test('styles that load, move, animate or spell their meaning in escapes are dropped one by one', () => {
  for (const bad of ['position:fixed', 'position: absolute', 'background:url(cid:x)', 'background-image:url(http://x.example/a.png)', 'width:expression(alert(1))', 'color:ex/**/pression(alert(1))',
    'behavior:url(#x)', '-moz-binding:url(x)', 'background:u\\72l(http://x.example)', 'list-style-image:url(http://x.example)', 'content:\'x\'', 'animation:x 1s', 'transform:scale(9)', 'z-index:9',
    'color:var(--x)', 'background:image-set(\'http://x.example\' 1x)', '@import \'http://x.example\'', 'top:-9px', 'color:red}body{background:url(http://x.example)']) {
    const out = clean(`<p style="color:red;${bad};margin:0">x</p>`);
    assert.ok(['<p style="color:red;margin:0">x</p>', '<p style="color:red;margin:0" data-remote-background="http://x.example/a.png">x</p>'].includes(out), `${bad} gave ${out}`);
  }
});

test('a style that hides a semicolon in quotes or brackets is still cut in the right places', () => {
  assert.equal(clean('<p style="font-family:\'a;b\';background:url(data:image/png;base64,AA==);color:red">x</p>'), '<p style="font-family:\'a;b\';color:red">x</p>');
});

/** Each of these runs something, loads something or leaves the frame when a browser shows it as it is. */
const hostile = [
  '<script>window.hit=1</script>', '<img src=x onerror="window.hit=1">', '<svg onload="window.hit=1">', '<svg><script>window.hit=1</script></svg>', '<body onload="window.hit=1">',
  '<iframe src="https://hostile.invalid/frame"></iframe>', '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>', '<object data="https://hostile.invalid/o"></object>', '<embed src="https://hostile.invalid/e">',
  '<meta http-equiv="refresh" content="0;url=https://hostile.invalid/m">', '<link rel="stylesheet" href="https://hostile.invalid/l.css">', '<style>@import "https://hostile.invalid/i.css";</style>',
  '<style>*{background:url(https://hostile.invalid/s.png)}</style>', '<base href="https://hostile.invalid/">', '<form action="https://hostile.invalid/f"><input autofocus onfocus="window.hit=1"></form>',
  '<video poster="https://hostile.invalid/v.png" autoplay><source src="https://hostile.invalid/v.mp4" onerror="window.hit=1"></video>', '<audio src="https://hostile.invalid/a.mp3" autoplay onerror="window.hit=1">',
  '<math><mtext></p><style><img src=x onerror="window.hit=1"></style></mtext></math>', '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">', '<textarea></textarea/><img src=x onerror="window.hit=1">',
  '<svg><p><style><img src=x onerror="window.hit=1"></style></p></svg>', '<table><caption><svg><title><table><desc><img src=x onerror="window.hit=1">', '<img src="https://hostile.invalid/p.gif">',
  '<picture><source srcset="https://hostile.invalid/q.png"><img src=x></picture>', '<td background="https://hostile.invalid/t.png">', '<p style="background:url(https://hostile.invalid/b.png)">x', '<p style="background:url(//hostile.invalid/b2.png)">x',
  '<p style="background-image:\\75rl(https://hostile.invalid/esc.png)">x', '<details open ontoggle="window.hit=1">x</details>', '<marquee onstart="window.hit=1">x</marquee>', '<template><script>window.hit=1</script></template>',
  '<a href="javascript:window.hit=1" autofocus onfocus="window.hit=1" id=x tabindex=1>x</a>', '<xmp><img src=x onerror="window.hit=1"></xmp>', '<![CDATA[<img src=x onerror="window.hit=1">]]>', '<!--><img src=x onerror="window.hit=1">-->',
  '<img src="x` `<script>window.hit=1</script>"` `>', '<img """><script>window.hit=1</script>">', '<div style="width:100px;list-style:url(https://hostile.invalid/ls.png)">x</div>', '<input type=image src="https://hostile.invalid/in.png">',
  '<isindex action="javascript:window.hit=1">', '<frameset onload="window.hit=1"><frame src="https://hostile.invalid/fr">', '<plaintext><img src=x onerror="window.hit=1">', '<select><option><img src=x onerror="window.hit=1"></select>',
];

test('none of the hostile mails keeps a tag, a handler or an address that acts by itself', () => {
  for (const html of hostile) {
    const out = clean(`${html}<p>after</p>`);
    assert.doesNotMatch(out, /<(script|style|svg|math|iframe|object|embed|form|input|meta|link|base|video|audio|template|noscript|textarea|select|source|body|frame)\b/i, html);
    assert.doesNotMatch(out, /<[^>]*\s(on\w+|srcset|id|name|action|poster|ping|formaction|autofocus)\s*=/i, html);
    assert.doesNotMatch(out.replace(/data-remote-(src|background)="[^"]*"/g, ''), /hostile\.invalid|javascript:/i, html);
  }
});

test('a browser that shows the hostile mails runs nothing and asks the network for nothing', { skip: existsSync('/usr/bin/chromium') ? false : 'chromium is not installed' }, async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    await page.route('**', (route) => {
      if (route.request().url().startsWith('https://desk.invalid/')) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' });
      asked.push(route.request().url());
      return route.abort();
    });
    await page.goto('https://desk.invalid/');
    // Both ways a page can take HTML in: as a document of its own, and put into one that is there.
    for (const html of [...hostile, hostile.join('')]) {
      await page.setContent(`<!doctype html><body>${clean(html)}</body>`);
      await page.evaluate(`document.body.innerHTML = ${JSON.stringify(clean(html))}`);
      assert.equal(await page.evaluate('window.hit'), undefined, html);
      assert.equal(await page.evaluate(`document.querySelectorAll('script,style,svg,iframe,form').length`), 0, html);
    }
    assert.deepEqual(asked, []);
  } finally {
    await browser.close();
  }
});

test('text is escaped once and never becomes markup', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'script', 'img', ' ', '/', '=', 'src', 'onerror', ';', 'lt', '#', '!', '-', 'style', 'p', 'a', '\n', '\0', 'é') }), (html) => {
    const once = clean(html);
    assert.doesNotMatch(once, /<(script|style)|<[^>]*\sonerror/i);
    assert.equal(clean(once), once);
  }), { numRuns: 1500 });
});

test('a body that is nested and long beyond reason is shown as far as reason goes', () => {
  for (const piece of ['<div>', '&nbsp;', '<table><tr><td>', '<', '<b>x', '<p style="']) assert.ok(clean(piece.repeat(300_000)).length <= 4_000_000);
  assert.ok(clean('a'.repeat(5_000_000)).length <= 2_000_000);
});
