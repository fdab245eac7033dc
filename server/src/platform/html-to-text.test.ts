import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { htmlToText } from './html-to-text.ts';

test('an HTML mail reads in plain text as it looks', () => {
  assert.equal(htmlToText('<p>Hello <b>you</b>,<br>second line</p><ul><li>one<li>two</ul><p>See <a href="https://shop.example/a">our shop</a> or <a href="https://shop.example">https://shop.example</a></p>'),
    'Hello you,\nsecond line\n\n * one\n * two\n\nSee our shop (https://shop.example/a) or https://shop.example');
});

test('cells of a table stay apart and rows are lines', () => {
  assert.equal(htmlToText('<table><tr><td>Total</td><td>12 EUR</td></tr><tr><td>Tax</td><td>2 EUR</td></tr></table>'), 'Total 12 EUR\nTax 2 EUR');
});

test('quotes, headings and invisible fillers', () => {
  assert.equal(htmlToText('<h1>News</h1>&zwnj;&#847;<blockquote>before</blockquote><style>p{}</style><script>x()</script>'), 'News\n\n> before');
});

test('any text is accepted', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (html) => typeof htmlToText(html) === 'string'));
});

test('what was built to take forever does not', () => {
  for (const piece of ['<div>', '&nbsp;', '<table><tr><td>', '<', ' \u00a0', '<b>x', '<blockquote>']) htmlToText(piece.repeat(300_000));
});
