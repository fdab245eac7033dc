const QUOTED_LINE = /^[ \t]*>/;

/** The first words of a message, for the list: one line, at most 160 characters, quoted lines left out. */
export function previewOf(text: string): string {
  const lines = text.slice(0, 4_000).split('\n');
  const own = lines.filter((line) => !QUOTED_LINE.test(line)).join(' ').replace(/\s+/g, ' ').trim();
  const line = own !== '' ? own : lines.join(' ').replace(/\s+/g, ' ').trim();
  return line.length <= 160 ? line : `${line.slice(0, 159).trimEnd()}…`;
}
