import type { Line } from './line.ts';

/** A line of an HTML text with the places of its first and last words (or pictures) in the source; equal when there are none. */
export interface HtmlLine extends Line {
  readonly from: number;
  readonly to: number;
}

const BLOCKS = new Set(['address', 'article', 'aside', 'blockquote', 'br', 'caption', 'center', 'dd', 'div', 'dl', 'dt', 'figcaption', 'figure', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tbody', 'tfoot', 'thead', 'tr', 'ul']);
const VOID = new Set(['br', 'hr', 'img', 'wbr', 'col']);
const TOKEN = /<(\/?)([a-z][a-z\d]*)((?:\s[^<>]*)?)>|([^<]+)|</gi;
const PICTURE = '\ufffc';

interface Open {
  tag: string;
  isQuote: boolean;
  isSetApart: boolean;
  mark: 'attribution' | 'announcement' | 'signature' | undefined;
}

const classOf = (attributes: string): string => /\sclass="([^"]*)"/.exec(attributes)?.[1] ?? '';
const has = (classes: string, ...names: string[]): boolean => names.some((name) => ` ${classes} `.includes(` ${name} `));

function openOf(tag: string, attributes: string): Open {
  const classes = classOf(attributes);
  const isCite = tag === 'blockquote' && (/\stype="cite"/i.test(attributes) || has(classes, 'gmail_quote', 'protonmail_quote'));
  const mark = has(classes, 'gmail_signature', 'moz-signature') ? 'signature' : tag !== 'blockquote' && has(classes, 'yahoo_quoted', 'protonmail_quote') ? 'announcement' : has(classes, 'gmail_attr', 'moz-cite-prefix', 'gmail_quote') && tag !== 'blockquote' ? 'attribution' : undefined;
  return { tag, isQuote: isCite, isSetApart: tag === 'blockquote' && !isCite, mark };
}

// Of a picture that nobody can see nobody says that they wrote it.
const isTracker = (attributes: string): boolean => /\s(?:width|height)="[01]"/.test(attributes) || /(?:^|[;"\s])(?:width|height):\s?[01](?:px)?\s?(?:;|")/.test(attributes) || /display:\s?none/.test(attributes);

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
const decode = (text: string): string => text.replace(/&(?:lt|gt|amp|quot);/g, (entity) => ENTITIES[entity] ?? entity);

/** The lines a reader sees of sanitised HTML. One walk over the source: it is well formed, and stray brackets in it are characters. */
export function htmlLines(html: string): HtmlLine[] {
  const lines: HtmlLine[] = [];
  const open: Open[] = [];
  let text = '', from = -1, to = -1, hasAddress = false;
  let quotes = 0, setApart = 0;
  const marks: NonNullable<Open['mark']>[] = [];
  const endLine = (at: number): void => {
    const words = text.replace(/[\s\u00a0]+/g, ' ').trim();
    const isText = from >= 0;
    // Quotation marks of text mails survive where a mail was turned into HTML line by line.
    const isQuoted = quotes > 0 || words.startsWith('>');
    lines.push({ text: isQuoted ? words.replace(/^[> ]{1,200}/, '') : words, isQuoted, isSetApart: setApart > 0, hasAddress, mark: marks.at(-1), from: isText ? from : at, to: isText ? to : at });
    text = '';
    from = to = -1;
    hasAddress = false;
  };
  const close = (index: number): void => {
    for (const { isQuote, isSetApart, mark } of open.splice(index)) {
      if (isQuote) quotes--;
      if (isSetApart) setApart--;
      if (mark !== undefined) marks.pop();
    }
  };
  for (const match of html.matchAll(TOKEN)) {
    const [whole, slash, name, attributes = '', words] = match;
    const at = match.index;
    if (name === undefined) {
      const visible = words ?? whole;
      if (visible.trim() !== '' && visible !== '\u00a0') {
        if (from < 0) from = at + (visible.length - visible.trimStart().length);
        to = at + visible.trimEnd().length;
      }
      text += decode(visible);
      continue;
    }
    const tag = name.toLowerCase();
    const isEnd = slash === '/';
    if (tag === 'img' && !isTracker(attributes)) {
      if (from < 0) from = at;
      to = at + whole.length;
      text += PICTURE;
    }
    if (tag === 'a' && attributes.includes('href="mailto:')) hasAddress = true;
    if (tag === 'td' || tag === 'th') text += ' ';
    if (BLOCKS.has(tag) && (text !== '' || tag === 'br')) endLine(at);
    if (tag === 'hr') lines.push({ text: '________', isQuoted: quotes > 0, isSetApart: setApart > 0, from: at, to: at + whole.length });
    if (VOID.has(tag)) continue;
    if (!isEnd) {
      const opened = openOf(tag, attributes);
      open.push(opened);
      if (opened.isQuote) quotes++;
      if (opened.isSetApart) setApart++;
      if (opened.mark !== undefined) marks.push(opened.mark);
    } else {
      // The sanitiser closes what it opens, innermost first.
      if (open.at(-1)?.tag === tag) close(open.length - 1);
      else if (open.length > 0) close(Math.max(0, open.findLastIndex((each) => each.tag === tag)));
    }
  }
  if (text !== '') endLine(html.length);
  return lines;
}
