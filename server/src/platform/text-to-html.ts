/**
 * Plain text as HTML: empty lines part paragraphs, single line ends stay, web and mail addresses become links. Everything else is escaped,
 * so the result is safe whatever the text holds.
 */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^\n+|\n+$/g, '')
    .split(/\n{2,}/)
    .map((paragraph) => `<p dir="auto">${paragraph.split('\n').map(lineToHtml).join('<br>')}</p>`)
    .join('\n');
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

/** The full stop, comma or bracket behind an address belongs to the sentence. */
function withoutTrailingMarks(address: string): string {
  let trimmed = address.replace(/[.,;:!?*_~'"»”’]+$/, '');
  while (trimmed.endsWith(')') && !trimmed.includes('(')) trimmed = trimmed.slice(0, -1).replace(/[.,;:!?]+$/, '');
  return trimmed;
}

/** Indentation and columns made of spaces stay as they were typed. */
function escapeSpaces(text: string): string {
  return escapeHtml(text).replace(/ {2,}|^ /g, (spaces) => '&nbsp;'.repeat(spaces.length - 1) + (spaces.length === 1 ? '&nbsp;' : ' '));
}
