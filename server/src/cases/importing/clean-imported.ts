import { findCardNumbers, maskCardNumbers } from '../../platform/card-numbers.ts';
import { htmlToText } from '../../platform/html-to-text.ts';
import { sanitizeHtml } from '../../platform/sanitize-html.ts';
import { storableText } from '../../platform/storable.ts';

const MOST_TEXT = 500_000;

export interface CleanWords {
  text: string;
  html: string | null;
  hasRemoteContent: boolean;
  maskedCardNumbers: number;
}

/** Words another program kept, as they may be stored and shown: card numbers covered, HTML made safe. HTML in which a number is hidden among tags is left out, its text stays. */
export function cleanImported(written: { text: string | null; html: string | null }): CleanWords {
  const cut = (text: string) => (text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}\n…`);
  const given = written.html?.trim() ? written.html.slice(0, 2_000_000) : null;
  const plain = maskCardNumbers(storableText(cut(written.text?.trim() || (given === null ? '' : htmlToText(given)))));
  if (given === null) return { text: plain.text, html: null, hasRemoteContent: false, maskedCardNumbers: plain.masked };
  const covered = maskCardNumbers(storableText(given));
  const safe = sanitizeHtml(covered.text);
  const isClean = findCardNumbers(htmlToText(safe.html)).length === 0;
  return { text: plain.text, html: isClean ? safe.html : null, hasRemoteContent: isClean && safe.hasRemoteContent, maskedCardNumbers: Math.max(plain.masked, covered.masked) };
}
