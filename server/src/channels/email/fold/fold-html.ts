import { foldLines } from './fold-lines.ts';
import { htmlLines } from './html-lines.ts';

/**
 * Sanitised HTML with empty marks around the stretches that were not written for this message: `<wbr data-fold="quote">` (or `signature`) before the
 * first words of each, `<wbr data-fold-end="">` behind the last. All else stays as it is, character for character. See `foldLines` for what is never among them.
 */
export function foldHtml(html: string, subject = ''): string {
  const lines = htmlLines(html);
  const kinds = foldLines(lines, subject);
  let marked = '';
  let at = 0;
  for (let i = 0; i < lines.length; i++) {
    const kind = kinds[i];
    if (kind !== 'quote' && kind !== 'signature') continue;
    let first = -1, last = -1;
    for (; i < lines.length && kinds[i] === kind; i++) {
      const { from, to } = lines[i]!;
      if (to <= from) continue;
      if (first < 0) first = from;
      last = to;
    }
    i--;
    if (first < 0) continue;
    marked += `${html.slice(at, first)}<wbr data-fold="${kind}">${html.slice(first, last)}<wbr data-fold-end="">`;
    at = last;
  }
  return marked + html.slice(at);
}

/** What is left of HTML marked by `foldHtml` when all that is folded is taken out; for measuring. */
export function writtenHtml(marked: string): string {
  return marked.replace(/<wbr data-fold="[a-z]+">[^]*?<wbr data-fold-end="">/g, '');
}
