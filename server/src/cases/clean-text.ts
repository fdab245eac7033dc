import { composedHtml, withoutPictures } from '../platform/composed-html.ts';
import { maskCardNumbers } from '../platform/card-numbers.ts';
import { htmlToText } from '../platform/html-to-text.ts';
import { storableText } from '../platform/storable.ts';

/** What an agent wrote, before it is kept anywhere: storable, and card numbers masked. */
export function cleanText(written: string): { text: string; masked: number } {
  return maskCardNumbers(storableText(written));
}

export interface Written {
  text: string;
  /** Left out or null: the words are plain. */
  html?: string | null | undefined;
}

/**
 * The same for words that may be formatted. The browser is not trusted: of the HTML only what the editor makes is kept, and the text is made from it here, so that what is searched and
 * shown in lists is what the customer reads. `isThere` says which pictures travel along; without it all are kept.
 */
export function cleanWritten(written: Written, isThere?: (contentId: string) => boolean): { text: string; html: string | null; masked: number } {
  if (written.html === undefined || written.html === null || written.html.trim() === '') return { ...cleanText(written.text), html: null };
  const composed = composedHtml(written.html);
  const derived = cleanText(htmlToText(composed.html));
  const html = isThere ? withoutPictures(composed.html, isThere) : composed.html;
  if (derived.text.trim() !== '') return { text: derived.text, html, masked: Math.max(composed.masked, derived.masked) };
  const given = cleanText(written.text);
  return { text: given.text, html: composed.contentIds.length > 0 ? html : null, masked: given.masked };
}
