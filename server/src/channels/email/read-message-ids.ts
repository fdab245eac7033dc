const MAX_IDS = 100;
const MAX_LENGTH = 500;
// oxlint-disable-next-line no-control-regex
const BLANK = /[\s\u0000-\u001f\u007f]+/g;

/**
 * The Message-IDs in a header value, in order, each once, without brackets. Programs that forget the brackets are forgiven
 * when what they write looks like an id.
 */
export function readMessageIds(value: string | undefined): string[] {
  if (value === undefined) return [];
  const text = value.slice(0, 50_000);
  const bracketed = [...text.matchAll(/<([^<>]*)>/g)].map((match) => (match[1] as string).replace(BLANK, ''));
  const found = bracketed.length > 0 ? bracketed : text.split(/[\s,]+/).map((word) => word.replace(BLANK, '')).filter((word) => /^[^\s@"<>]+@[^\s@"<>]+$/.test(word));
  const ids = [...new Set(found.filter((id) => id !== '' && id.length <= MAX_LENGTH))];
  // The first names the thread and the last ones the nearest ancestors: of an endless list both ends are kept.
  return ids.length <= MAX_IDS ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_IDS)];
}
