import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findLinks, partQuoted } from './quoted-text.ts';

test('the old mail below an answer is folded together with the line that announces it', () => {
  const { fresh, quoted } = partQuoted('Thank you!\n\nOn Mon, 4 Nov 2024 at 10:12, Support wrote:\n> Dear Giulia,\n> we will look.\n>\n> Amira\n');
  assert.equal(fresh, 'Thank you!');
  assert.match(quoted, /^On Mon/);
});

test('an announcing line that the mail program broke in two is found', () => {
  assert.equal(partQuoted('Ja.\n\nAm Montag, dem 4. November 2024 um 10:12 schrieb\nSupport <help@example.com>:\n> Alt').fresh, 'Ja.');
});

test('answers between quoted lines stay whole', () => {
  const text = '> When?\nTomorrow.\n> Where?\nHere.';
  assert.deepEqual(partQuoted(text), { fresh: text, quoted: '' });
});

test('a mail that is nothing but a quotation is shown', () => {
  assert.equal(partQuoted('> all old').fresh, '> all old');
});

test('no sign of a text is lost by folding', () => {
  const letters = (text: string) => text.replace(/\s/g, '');
  fc.assert(fc.property(fc.array(fc.constantFrom('Hello', '> old', '>', '', 'On 4 Nov, X wrote:', 'Bye'), { maxLength: 12 }), (lines) => {
    const text = lines.join('\n');
    const { fresh, quoted } = partQuoted(text);
    assert.equal(letters(fresh + quoted), letters(text));
  }));
});

test('an address ends before the full stop, and brackets around it stay outside', () => {
  assert.deepEqual(findLinks('See https://example.com/a_(b), (or https://example.org).').filter((piece) => piece.href).map((piece) => piece.text), ['https://example.com/a_(b)', 'https://example.org']);
  assert.deepEqual(findLinks('Write to help@example.com.')[1], { text: 'help@example.com', href: 'mailto:help@example.com' });
});

test('a text put together from its pieces is the text', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(findLinks(text).map((piece) => piece.text).join(''), text)));
});

test('only web and mail addresses become links', () => {
  assert.equal(findLinks('javascript:alert(1) data:text/html,x').some((piece) => piece.href), false);
});

for (const [what, text] of Object.entries({ dots: `https://x.example/${'.'.repeat(500_000)}x`, brackets: `https://x.example/${')'.repeat(500_000)}`, spaces: `a${' '.repeat(500_000)}b` })) {
  test(`a mail of half a million ${what} opens all the same`, { timeout: 20_000 }, () => {
    assert.equal(findLinks(text).map((piece) => piece.text).join(''), text);
    assert.equal(partQuoted(text).fresh, text);
  });
}
