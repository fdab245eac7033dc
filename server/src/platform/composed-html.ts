import sanitize from 'sanitize-html';
import { boundedHtml } from './bounded-html.ts';
import { findCardNumbers, maskCardNumbers } from './card-numbers.ts';
import { storableText } from './storable.ts';

/** What somebody composed in our editor, or in a program that uses the API, as it may be kept and sent. */
export interface ComposedHtml {
  readonly html: string;
  /** How many card numbers were masked. */
  readonly masked: number;
  /** The Content-IDs of the pictures in it. */
  readonly contentIds: readonly string[];
}

const TAGS = ['p', 'br', 'strong', 'em', 's', 'u', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'h2', 'h3', 'h4', 'hr', 'img', 'table', 'tbody', 'tr', 'th', 'td'];
const LEFT_OUT = ['script', 'style', 'textarea', 'option', 'select', 'xmp', 'noscript', 'template', 'title', 'svg', 'math', 'audio', 'video', 'canvas', 'datalist', 'noembed', 'noframes', 'plaintext'];
// The same thing by its other name.
const RENAMED: Record<string, string> = { b: 'strong', i: 'em', strike: 's', del: 's', h1: 'h2', h5: 'h4', h6: 'h4', div: 'p', thead: 'tbody', tfoot: 'tbody' };
const LINK = /^(?:https?:\/\/[^/\\]|mailto:[^:]|tel:[^:])/i;
const CONTENT_ID = /^cid:([\w.+@-]{1,200})$/i;
const MOST_SPAN = 50;

/**
 * Keeps of composed HTML what our editor can make and every mail program shows: paragraphs, emphasis, lists, links, quotations, code, small headings, plain tables, and pictures that
 * travel with the message (`cid:`). Nothing has a style, a class or an id; nothing is loaded from the network. Card numbers are masked, also where marks or table cells cut them in
 * pieces. Any text is accepted and the function never throws. What our editor made comes out unchanged.
 */
export function composedHtml(written: string): ComposedHtml {
  const contentIds = new Set<string>();
  const clean = sanitize(boundedHtml(storableText(written)), {
    allowedTags: TAGS,
    nonTextTags: LEFT_OUT,
    allowedAttributes: { a: ['href', 'rel', 'target'], img: ['src', 'alt', 'width'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], ol: ['start'], p: ['dir'] },
    allowedSchemesAppliedToAttributes: [],
    allowedClasses: {},
    parseStyleAttributes: false,
    nestingLimit: 60,
    transformTags: {
      '*': (tagName, attributes) => ({ tagName: RENAMED[tagName] ?? tagName, attribs: safeAttributes(RENAMED[tagName] ?? tagName, attributes, contentIds) }),
    },
    // A link to nowhere is its words; a picture that does not travel along is nothing.
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs['src'] === undefined,
  });
  return { ...masked(clean), contentIds: [...contentIds] };
}

const plain = (value: string | undefined): string => (value ?? '').replace(/[\p{Cc}\p{Cf}\s]+/gu, '');

function safeAttributes(tag: string, attributes: Record<string, string>, contentIds: Set<string>): Record<string, string> {
  if (tag === 'a') {
    const href = plain(attributes['href']);
    return LINK.test(href) ? { href: maskCardNumbers(href).text, rel: 'noopener noreferrer nofollow', target: '_blank' } : {};
  }
  if (tag === 'img') {
    const contentId = CONTENT_ID.exec(plain(attributes['src']))?.[1];
    if (contentId === undefined) return {};
    contentIds.add(contentId);
    const width = Number(attributes['width']);
    return { src: `cid:${contentId}`, alt: maskCardNumbers(attributes['alt'] ?? '').text.slice(0, 500), ...(Number.isInteger(width) && width > 0 && width <= 2000 ? { width: String(width) } : {}) };
  }
  const safe: Record<string, string> = {};
  for (const name of ['colspan', 'rowspan', 'start']) {
    const value = Number(attributes[name]);
    if (Number.isInteger(value) && value > 1 && value <= (name === 'start' ? 9999 : MOST_SPAN)) safe[name] = String(value);
  }
  if (tag === 'p' && /^(ltr|rtl|auto)$/.test(attributes['dir'] ?? '')) safe['dir'] = attributes['dir'] as string;
  return safe;
}

const INLINE = /^<\/?(strong|em|s|u|a|code)\b/;
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** Masks in the words of clean HTML as a reader sees them: marks do not part them, cells do with a space and blocks with a line end. */
function masked(html: string): { html: string; masked: number } {
  let text = '';
  /** For each character of the text, where it stands in the HTML; -1 for those that stand for a tag. */
  const places: number[] = [];
  for (const { 0: piece, index } of html.matchAll(/<[^>]*>|&(?:amp|lt|gt|quot);|[^<&]+|[<&]/g)) {
    if (piece.length > 1 && piece.startsWith('<')) {
      if (INLINE.test(piece)) continue;
      text += /^<\/?t[hd]\b/.test(piece) ? ' ' : '\n';
      places.push(-1);
    } else if (ENTITIES[piece] !== undefined) {
      text += ENTITIES[piece];
      places.push(index);
    } else {
      text += piece;
      for (let at = 0; at < piece.length; at++) places.push(index + at);
    }
  }
  // `</td><td>` and `</p><p>` are one step to a reader, not two.
  const read = collapsed(text, places);
  const cards = findCardNumbers(read.text);
  if (cards.length === 0) return { html, masked: 0 };
  const out = html.split('');
  for (const { start, end } of cards.flat()) for (let at = start; at < end; at++) if ((read.places[at] ?? -1) >= 0) out[read.places[at] as number] = '*';
  return { html: out.join(''), masked: cards.length };
}

function collapsed(text: string, places: readonly number[]): { text: string; places: number[] } {
  const kept: number[] = [];
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const isStep = places[at] === -1;
    if (isStep && at > 0 && places[at - 1] === -1) {
      // A line end outweighs a space.
      if (text[at] === '\n' && out.endsWith(' ')) out = `${out.slice(0, -1)}\n`;
      continue;
    }
    out += text[at];
    kept.push(places[at] ?? -1);
  }
  return { text: out, places: kept };
}

/** Takes out the pictures that do not travel along: what is sent must not ask for something nobody has. */
export function withoutPictures(html: string, isThere: (contentId: string) => boolean): string {
  return html.replace(/<img src="cid:([^"]+)"[^>]*>/g, (picture, contentId: string) => (isThere(contentId) ? picture : ''));
}
