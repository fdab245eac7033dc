/**
 * Plain text as HTML: empty lines part paragraphs, single line ends stay, web and mail addresses become links. Everything else is escaped,
 * so the result is safe whatever the text holds.
 */
export function textToHtml(text: string): string {
  return withoutOuterLineEnds(text.replace(/\r\n?/g, '\n'))
    .split(/\n{2,}/)
    .map((paragraph) => `<p dir="auto">${paragraph.split('\n').map(lineToHtml).join('<br>')}</p>`)
    .join('\n');
}

/** A pattern for the line ends at the end would start over at each line end of a long gap before it. */
function withoutOuterLineEnds(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text[from] === '\n') from++;
  while (to > from && text[to - 1] === '\n') to--;
  return text.slice(from, to);
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+|\b[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}\b/gi;

function lineToHtml(line: string): string {
  let html = '';
  let at = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const address = withoutTrailingMarks(match[0]);
    const href = /^https?:/i.test(address) ? address : `mailto:${address}`;
    html += `${escapeSpaces(line.slice(at, match.index))}<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow" target="_blank">${escapeHtml(address)}</a>`;
    at = match.index + address.length;
  }
  return html + escapeSpaces(line.slice(at));
}

const MARKS = `.,;:!?*_~'"»”’`;

/** The full stop, comma or bracket behind an address belongs to the sentence. One walk from the end: a pattern would start over at each of a hundred thousand dots. */
function withoutTrailingMarks(address: string): string {
  const hasOpening = address.includes('(');
  let end = address.length;
  while (end > 0 && (MARKS.includes(address[end - 1] as string) || (address[end - 1] === ')' && !hasOpening))) end--;
  return address.slice(0, end);
}

/** Indentation and columns made of spaces stay as they were typed. */
function escapeSpaces(text: string): string {
  return escapeHtml(text).replace(/ {2,}|^ /g, (spaces) => '&nbsp;'.repeat(spaces.length - 1) + (spaces.length === 1 ? '&nbsp;' : ' '));
}
