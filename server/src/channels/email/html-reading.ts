// What stands in place of characters that a reader does not see.
const FILLER = '\u200b';

/** These part lines; all other tags stand within a line, where a number may run on through them. */
const BLOCK = /^\/?(address|article|aside|blockquote|br|caption|center|dd|div|dl|dt|fieldset|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul)\b/i;
const NAMED: Record<string, string> = {
  nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', hairsp: '\u200a', numsp: '\u2007', puncsp: '\u2008', shy: '\u00ad', zwj: '\u200d', zwnj: '\u200c',
  ndash: '\u2013', mdash: '\u2014', hyphen: '\u2010', dash: '\u2010', minus: '\u2212', period: '.', middot: '\u00b7', bull: '\u2022', Tab: '\t', NewLine: '\n',
};

/**
 * HTML as it reads on the screen, of exactly the same length as its source: tags and comments become characters that nobody sees, those
 * that part lines begin with a line end, references such as `&nbsp;` and `&#52;` become their character. Character `i` of the result comes
 * from place `i` of the source.
 */
export function readHtmlInPlace(html: string): string {
  let text = '';
  let from = 0;
  const replace = (at: number, end: number, by: string): void => {
    text += html.slice(from, at) + by + FILLER.repeat(end - at - by.length);
    from = end;
  };
  for (let at = nextMark(html, 0); at >= 0; at = nextMark(html, Math.max(at + 1, from))) {
    if (html[at] === '<') {
      const end = endOfTag(html, at);
      if (end !== undefined) replace(at, end, BLOCK.test(html.slice(at + 1, at + 14)) ? '\n' : '');
    } else {
      const match = REFERENCE.exec(html.slice(at, at + 14));
      const character = match === null ? undefined : referenced(match);
      if (match !== null && character !== undefined) replace(at, at + match[0].length, character);
    }
  }
  return text + html.slice(from);
}

const MARK = /[<&]/g;
function nextMark(html: string, from: number): number {
  MARK.lastIndex = from;
  return MARK.exec(html)?.index ?? -1;
}

const REFERENCE = /^&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?/i;
function referenced([, hex, decimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return NAMED[name];
  const codePoint = hex === undefined ? Number(decimal) : parseInt(hex, 16);
  return codePoint > 0 && codePoint < 0x10000 && (codePoint < 0xd800 || codePoint > 0xdfff) ? String.fromCharCode(codePoint) : undefined;
}

// Quotes may hold a `>`; a `<` outside of them shows that the tag never ended. Tags longer than this hold pictures, and no number runs
// through a picture; without the bound, quotes that never close make the search start over at every tag.
const TAG = /^<[a-z/!?](?:"[^"]*"|'[^']*'|[^<>"'])*>/i;
const LONGEST_TAG = 1000;

/** Where the tag or comment ends that begins at `at`; undefined when the `<` is only a character. */
function endOfTag(html: string, at: number): number | undefined {
  if (html.startsWith('<!--', at)) {
    const end = html.slice(at + 4, at + LONGEST_COMMENT).indexOf('-->');
    return end < 0 ? undefined : at + 4 + end + 3;
  }
  const match = TAG.exec(html.slice(at, at + LONGEST_TAG));
  return match === null ? undefined : at + match[0].length;
}
const LONGEST_COMMENT = 10_000;
