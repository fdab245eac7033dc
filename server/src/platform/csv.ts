/** A cell as spreadsheets read it; what they would take for a formula gets an apostrophe in front. Numbers stay numbers. */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",;\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const linesOf = (rows: readonly (readonly (string | number | null)[])[]) => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
