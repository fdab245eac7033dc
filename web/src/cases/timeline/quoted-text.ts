/**
 * Parts a plain-text mail into what was written now and the old text it carries along, so that the old can be folded. Only text at the end counts:
 * answers between quoted lines stay whole. Conservative: when in doubt nothing is folded.
 */
export function partQuoted(text: string): { fresh: string; quoted: string } {
  const lines = text.replace(/\s+$/, '').split('\n');
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

/** Finds web and mail addresses in plain text. Punctuation that ends the sentence is not part of the address. */
export function findLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'“”]+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b/gi)) {
    let found = match[0].replace(/[.,;:!?…*_]+$/, '');
    // "(see https://example.com/a_(b))": only a bracket without its partner goes.
    while (found.endsWith(')') && found.split('(').length < found.split(')').length) found = found.slice(0, -1).replace(/[.,;:!?]+$/, '');
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: found, href: /^https?:/i.test(found) ? found : `mailto:${found}` });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
