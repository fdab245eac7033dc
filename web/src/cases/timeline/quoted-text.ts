/**
 * Parts a plain-text mail into what was written now and the old text it carries along, so that the old can be folded. Only text at the end counts:
 * answers between quoted lines stay whole. Conservative: when in doubt nothing is folded.
 */
export function partQuoted(text: string): { fresh: string; quoted: string } {
  const lines = text.trimEnd().split('\n');
  let from = lines.length;
  while (from > 0 && /^\s*(>.*)?$/.test(lines[from - 1]!)) from -= 1;
  const hasQuote = lines.slice(from).some((line) => /^\s*>/.test(line));
  if (!hasQuote) return { fresh: text.trimEnd(), quoted: '' };
  // The line that announces the quotation belongs to it: "On Mon, 4 Nov, Support wrote:", also when it is broken in two.
  let intro = from;
  for (const step of [1, 2]) {
    const line = lines.slice(from - step, from).join(' ').trim();
    if (/:$/.test(line) && line.length < 200 && /\d/.test(line)) {
      intro = from - step;
      break;
    }
  }
  const fresh = lines.slice(0, intro).join('\n').trimEnd();
  return fresh.trim() === '' ? { fresh: text.trimEnd(), quoted: '' } : { fresh, quoted: lines.slice(intro).join('\n').trim() };
}

export interface TextPiece {
  text: string;
  href?: string;
}

const MARKS = '.,;:!?…*_';

/** One walk from the end: a pattern that looks for the last marks would start over at each of a hundred thousand dots, which is what some mails are made of. */
function withoutEnd(address: string): string {
  let unpartnered = address.split(')').length - address.split('(').length;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    // "(see https://example.com/a_(b))": only a bracket without its partner goes.
    if (last === ')' && unpartnered > 0) unpartnered--;
    else if (!MARKS.includes(last)) break;
  }
  return address.slice(0, end);
}

/** Finds web and mail addresses in plain text. Punctuation that ends the sentence is not part of the address. */
export function findLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'“”]+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b/gi)) {
    const found = withoutEnd(match[0]);
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: found, href: /^https?:/i.test(found) ? found : `mailto:${found}` });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
