import { compile } from 'html-to-text';
import { boundedHtml } from './bounded-html.ts';

const convert = compile({
  wordwrap: false,
  limits: { maxDepth: 200, maxChildNodes: 10_000 },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true, linkBrackets: ['(', ')'] } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' }, { selector: 'script', format: 'skip' }, { selector: 'title', format: 'skip' }, { selector: 'noscript', format: 'skip' }, { selector: 'template', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } }, { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } }, { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
});

/**
 * What a reader sees of an HTML body, as plain text: paragraphs and lists keep their lines, links their address in brackets, quotes
 * their `>`. For search, previews and as the plain side of a mail. Never throws; markup that cannot be read gives the text between its tags.
 */
export function htmlToText(html: string): string {
  const text = boundedHtml(html);
  try {
    return tidy(convert(text));
  } catch {
    return tidy(text.replace(/<[^<>]*>/g, ' '));
  }
}

function tidy(text: string): string {
  const lines = text.replace(/[\u200b\u200c\u00ad\u034f\ufeff]+/g, '').split('\n');
  return lines.map((line) => line.trimEnd()).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}
