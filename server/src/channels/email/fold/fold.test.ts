import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sanitizeHtml } from '../../../platform/sanitize-html.ts';
import { foldHtml, writtenHtml } from './fold-html.ts';
import { foldText } from './fold-text.ts';
import { replies } from './replies.fixture.ts';

const normal = (text: string): string => text.replace(/\s+/g, ' ').trim();
function keptOf(text: string, without: readonly string[], subject = ''): string {
  let kept = '', at = 0;
  for (const { kind, from, to } of foldText(text, subject)) {
    if (!without.includes(kind)) continue;
    kept += text.slice(at, from);
    at = to;
  }
  return normal(kept + text.slice(at));
}
const writtenOf = (text: string): string => keptOf(text, ['quote', 'signature', 'heading']);
const visibleOf = (text: string): string => keptOf(text, ['quote', 'signature']);
const visibleOfHtml = (html: string): string => normal(writtenHtml(foldHtml(html)).replace(/<(?:br|p|div|blockquote)\b[^>]*>/g, ' ').replace(/<[^>]*>/g, ''));

test('of a reply in thirty languages what the person wrote stays, and nothing else', () => {
  for (const { name, text, html, written } of replies) if (html === undefined) assert.equal(writtenOf(text), normal(written), name);
});

test('the same in the HTML of mail programs', () => {
  for (const { name, html, written } of replies) if (html !== undefined) assert.equal(visibleOfHtml(sanitizeHtml(html).html).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('\u00a0', ''), normal(written), name);
});

test('a mail handed on is seen whole, with the lines that say whose it is', () => {
  const text = 'See below.\n\nFrom: Lamps <l@lamps.example>\nSent: Monday 10:12\nTo: ada@home.example\nSubject: Order\n\nYour order is late.';
  assert.equal(visibleOf(text), 'See below.');
  assert.equal(keptOf(text, ['quote', 'signature'], 'FW: Order'), normal(text));
  assert.equal(keptOf(text, ['quote', 'signature', 'heading'], 'WG: Order'), 'See below. Your order is late.');
});

test('a picture below a quotation is not hidden, one that only counts readers does not matter', () => {
  const quote = '<div class="moz-cite-prefix">On 04.11.24 10:12, Support wrote:<br></div><blockquote type="cite">Which lamp?</blockquote>';
  assert.match(writtenHtml(foldHtml(`<p>Here.</p>${quote}<p><img src="cid:lamp"></p>`)), /cid:lamp/);
  assert.doesNotMatch(writtenHtml(foldHtml(`<p>Here.</p>${quote}<img data-remote-src="https://x.example/p.gif" width="1" height="1">`)), /Which lamp/);
});

// Lines as people write them: words, now and then a colon, a dash, a number, an address.
const word = fc.constantFrom('lamp', 'the', 'broken', '4', 'November', '2024', '10:12', 'bob@x.example', 'wrote', 'schrieb', 'a écrit', 'iPhone', 'please', 'http://x.example/a', '#12', 'Sent', 'from', '€5', '—', '*', 'ok.', 'why?', 'On');
const ownLine = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
const own = fc.array(fc.oneof(ownLine, fc.constant('')), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n')).filter((text) => text.trim() !== '' && !/[:：]\s*$|^\s*(?:--|—)\s*$|(?:Sent|from).*iPhone|iPhone.*(?:Sent|from)/m.test(text));
const attribution = fc.constantFrom('On Mon, Nov 4, 2024 at 10:12 AM Support <support@shop.example> wrote:', 'Am Mo., 4. Nov. 2024 um 10:12 Uhr schrieb Support <support@shop.example>:', 'Le lun. 4 nov. 2024 à 10:12, Support <support@shop.example> a écrit :');
const old = fc.array(fc.lorem({ maxCount: 6 }), { minLength: 1, maxLength: 8 });
const quoteOf = (lines: readonly string[]): string => lines.map((line) => `> ${line}`).join('\n');

test('whatever a person writes above a quotation stays in sight, to the last word', () => {
  fc.assert(fc.property(own, attribution, old, (text, sentence, lines) => {
    const visible = visibleOf(`${text}\n\n${sentence}\n${quoteOf(lines)}`);
    assert.equal(visible, normal(text));
  }), { numRuns: 500 });
});

test('whatever a person writes below or between quotations stays in sight', () => {
  fc.assert(fc.property(fc.array(own, { minLength: 1, maxLength: 4 }), attribution, old, (answers, sentence, lines) => {
    const visible = visibleOf(`${sentence}\n${answers.map((answer) => `${quoteOf(lines)}\n\n${answer}\n`).join('\n')}`);
    for (const answer of answers) assert.ok(visible.includes(normal(answer)), answer);
  }), { numRuns: 500 });
});

test('a mail without any mark of old mail is left alone, whatever it is made of', () => {
  fc.assert(fc.property(own, (text) => assert.equal(visibleOf(text), normal(text))), { numRuns: 500 });
});

test('whatever comes, folds are in order, within the text, and never hide all of it', () => {
  const line = fc.oneof(ownLine, fc.constantFrom('>', '> >', '-- ', '--', '-----Original Message-----', 'From: a@b.example', 'Von: x', 'Sent: 10:12', 'Betreff: y', 'To: z', 'Sent from my iPhone', '________', '|', '—', 'On 4 Nov 2024 10:12 Bob <b@x.example> wrote:', 'Begin forwarded message:', '\u200b', '\r', ':'), fc.string());
  fc.assert(fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('', 'Fwd: x', 'Re: y'), (lines, subject) => {
    const text = lines.join('\n');
    let at = 0;
    for (const { from, to } of foldText(text, subject)) {
      assert.ok(from >= at && to > from && to <= text.length);
      at = to;
    }
    if (normal(text.replace(/[\u200b-\u200f]/g, '')) !== '') assert.notEqual(visibleOf(text), '');
  }), { numRuns: 1_000 });
});

test('marks in HTML change nothing but themselves', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom('<p>', '</p>', '<div class="gmail_quote">', '<blockquote type="cite">', '</blockquote>', '</div>', '<br>', '<hr>', '<img src="cid:a">', '<table><tr><td>', '</td></tr></table>', '-- ', 'On 4 Nov 2024 10:12 Bob &lt;b@x.example&gt; wrote:', '> quoted', '<'), fc.string({ maxLength: 12 })), { maxLength: 40 }), (pieces) => {
    const { html } = sanitizeHtml(pieces.join(''));
    assert.equal(foldHtml(html).replace(/<wbr data-fold(?:-end)?="[a-z]*">/g, ''), html);
  }), { numRuns: 500 });
});

// A hundred thousand times each: what took the square of that would not end within the limit.
test('hostile mail of megabytes is folded as well', { timeout: 300_000 }, () => {
  const hostile = ['On\n', ':\n', '>\nx\n', '> x\n\ny\n', '--\n', '-- \n\n', 'From: a@b.example\n', 'On 4 Nov 2024 10:12 <b@x.example>\n', '-'.repeat(20) + '\n', 'Von:\nAn:\n', '________\n', 'Sent from my iPhone\n', 'On 4 Nov 2024 10:12 Bob <b@x.example> wrote:\n> x\ny\n'];
  for (const piece of hostile) {
    const text = piece.repeat(100_000);
    for (const { from, to } of foldText(text)) assert.ok(from < to && to <= text.length, JSON.stringify(piece));
  }
  const markup = ['<blockquote type="cite">x', '<div class="gmail_quote">x:<br>', '<p>', '<', '<br>', '<img src="cid:a">', '&lt;', '<div class="gmail_signature">x</div>'];
  for (const piece of markup) {
    const html = piece.repeat(100_000);
    assert.ok(foldHtml(html).length >= html.length, piece);
  }
});
