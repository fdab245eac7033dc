/** What is being typed: the word or filter that ends where the caret stands. */
export interface Token {
  start: number;
  end: number;
  isNot: boolean;
  /** What stands before the colon; without one, undefined. */
  name: string | undefined;
  /** What stands behind it, or the word, without quotes. */
  value: string;
}

const TOKEN = /(-?)(?:(\p{L}[\p{L}_]*):)?("[^"]*"?|[^\s"]*)$/u;

/** The token before the caret; undefined when the caret stands within a word or a finished phrase. */
export function tokenAt(text: string, caret: number): Token | undefined {
  if (/^[^\s]/.test(text.slice(caret))) return undefined;
  const before = text.slice(0, caret).replace(/[“”„«»]/g, '"');
  const match = TOKEN.exec(before);
  if (!match || (match.index > 0 && !/\s/.test(before[match.index - 1] ?? ''))) return undefined;
  const [whole, not, name, raw = ''] = match;
  // A closed quotation is finished.
  if (raw.length > 1 && raw.startsWith('"') && raw.endsWith('"')) return undefined;
  return { start: match.index, end: match.index + whole.length, isNot: not !== '', name, value: raw.replace(/^"/, '') };
}
