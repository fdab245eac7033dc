// Scores how well old mail and signatures are told from what a person wrote: on our own cases, and on public collections where they lie beside the checkout.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sanitizeHtml } from '../server/src/platform/sanitize-html.ts';
import { htmlToText } from '../server/src/platform/html-to-text.ts';
import { foldHtml, writtenHtml } from '../server/src/channels/email/fold/fold-html.ts';
import { foldText } from '../server/src/channels/email/fold/fold-text.ts';
import { replies } from '../server/src/channels/email/fold/replies.fixture.ts';

const root = join(import.meta.dirname, '..');
const data = join(root, '..', 'shared', 'data');
const normal = (text) => text.replace(/\s+/g, ' ').trim();

// A quotation that stays in sight counts with its marks in text, and without them in HTML.
function writtenText(text) {
  let kept = '';
  let at = 0;
  for (const { from, to } of foldText(text)) {
    kept += text.slice(at, from);
    at = to;
  }
  return normal(kept + text.slice(at));
}
const writtenOfHtml = (html) => normal(htmlToText(writtenHtml(foldHtml(sanitizeHtml(html).html))).replace(/^>+ ?/gm, ''));

let isGood = true;
/** Prints one score and what missed; `atLeast` of the cases must hold. */
function score(name, cases, atLeast) {
  const missed = cases.filter(({ got, wanted }) => got !== wanted);
  const right = cases.length - missed.length;
  isGood &&= right >= atLeast;
  console.log(`${name}: ${right} of ${cases.length}${right >= atLeast ? '' : `, but ${atLeast} were wanted`}`);
  for (const { id, got, wanted } of missed) console.log(`  missed ${id}\n    wanted ${JSON.stringify(wanted.slice(0, 160))}\n    got    ${JSON.stringify(got.slice(0, 160))}`);
}

score('our own replies', replies.map(({ name, text, html, written }) => ({ id: name, got: html === undefined ? writtenText(text) : writtenOfHtml(html), wanted: normal(written) })), replies.length);

const trimmer = join(data, 'reply-trimmer');
if (existsSync(trimmer)) {
  const files = readdirSync(join(trimmer, 'emails'));
  const read = (folder, file) => readFileSync(join(trimmer, folder, file), 'utf8');
  score('reply-trimmer', files.map((file) => ({ id: file, got: writtenText(read('emails', file)), wanted: normal(read('trimmed', file)) })), files.length - 1);
} else console.log('reply-trimmer: not here');

const talon = join(data, 'talon', 'html_replies');
if (existsSync(talon)) {
  const decode = (bytes) => new TextDecoder(/charset=["']?([\w-]+)/i.exec(bytes.toString('latin1'))?.[1] ?? 'utf-8').decode(bytes);
  const files = readdirSync(talon);
  score('talon, HTML', files.map((file) => ({ id: file, got: writtenOfHtml(decode(readFileSync(join(talon, file)))), wanted: 'Hi. I am fine. Thanks, Alex' })), files.length);
} else console.log('talon: not here');

process.exitCode = isGood ? 0 : 1;
