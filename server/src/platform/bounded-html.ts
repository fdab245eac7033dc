// Far beyond what people and newsletters write (a table of 8,000 rows fits). The cost of deeply nested tags grows with the square
// of their number, and without a bound one mail of a megabyte holds a whole process for seconds.
const MAX_LENGTH = 2_000_000;
const MAX_TAGS = 50_000;

/** The beginning of an HTML text that may be parsed at a bearable cost; all of it, save for what no person wrote. */
export function boundedHtml(html: string): string {
  const text = html.slice(0, MAX_LENGTH);
  if (text.length < MAX_TAGS) return text;
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (++tags > MAX_TAGS) return text.slice(0, at);
  }
  return text;
}
