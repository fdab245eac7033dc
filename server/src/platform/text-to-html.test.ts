import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { htmlToText } from './html-to-text.ts';
import { sanitizeHtml } from './sanitize-html.ts';
import { textToHtml } from './text-to-html.ts';

test('paragraphs and lines of an answer stay where the agent put them', () => {
  assert.equal(textToHtml('Hello,\r\n\r\nfirst\nsecond  part\n\n\n\nend\n'), '<p dir="auto">Hello,</p>\n<p dir="auto">first<br>second&nbsp; part</p>\n<p dir="auto">end</p>');
});

test('addresses become links without the sentence around them', () => {
  const link = (href: string, text = href): string => `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${text}</a>`;
  assert.equal(textToHtml('See https://shop.example/a_(b)?x=1&y=2.'), `<p dir="auto">See ${link('https://shop.example/a_(b)?x=1&amp;y=2')}.</p>`);
  assert.equal(textToHtml('(https://shop.example), help@shop.example!'), `<p dir="auto">(${link('https://shop.example')}), ${link('mailto:help@shop.example', 'help@shop.example')}!</p>`);
});

test('no text can become markup, and what was written can be read back', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'script', ' ', '\n', 'a', 'https://x.example/', 'é', '@b.example', ';') }), (text) => {
    const html = textToHtml(text);
    const asParsed = html.replaceAll('&nbsp;', '\u00a0').replaceAll('&#39;', "'").replaceAll(/&quot;(?=[^<>]*(<|$))/g, '"');
    assert.equal(sanitizeHtml(html).html.replaceAll('<br />', '<br>'), asParsed);
    if (!/https:|@/.test(text)) assert.equal(htmlToText(html).replace(/\s+/g, ''), text.replace(/\s+/g, ''));
  }), { numRuns: 1000 });
});

for (const [what, text] of Object.entries({ dots: `https://x.example/${'.'.repeat(200_000)}x`, brackets: `https://x.example/${')'.repeat(200_000)}`, 'empty lines': `a${'\n'.repeat(200_000)}b` })) {
  test(`an answer of two hundred thousand ${what} holds nobody up`, { timeout: 20_000 }, () => {
    assert.match(textToHtml(text), /^<p dir="auto">/);
  });
}
