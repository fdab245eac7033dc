import { wordsInPlace, type SearchTerm } from '../platform/search-words.ts';

/** Stand around what matched; they occur in no text, so nothing has to be escaped. */
const START = '\u0002';
const END = '\u0003';
const LENGTH = 180;
const BEFORE = 50;

interface Span {
  start: number;
  end: number;
}

/** Where the terms of a query stand in a text. */
export function matchesIn(text: string, terms: readonly SearchTerm[]): Span[] {
  const words = wordsInPlace(text);
  const spans: Span[] = [];
  for (let i = 0; i < words.length; i += 1) {
    for (const { words: wanted, isPrefix } of terms) {
      const isHere = wanted.every((word, k) => {
        const here = words[i + k]?.word;
        return isPrefix && k === wanted.length - 1 ? here?.startsWith(word) === true : here === word;
      });
      const last = words[i + wanted.length - 1];
      if (isHere && last) spans.push({ start: words[i]?.start ?? 0, end: last.end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** The longest run of matches that fits, counted by how many it shows. */
function bestWindow(spans: readonly Span[]): number {
  let best = 0;
  let most = 0;
  for (const [i, span] of spans.entries()) {
    let count = 0;
    for (let k = i; k < spans.length && (spans[k] as Span).end <= span.start - BEFORE + LENGTH; k += 1) count += 1;
    if (count > most) [best, most] = [i, count];
  }
  return spans[best]?.start ?? 0;
}

/**
 * A piece of a text around what matched, on one line, matches between U+0002 and U+0003. Plain text: whatever stood in it, nothing of it is markup.
 * Without a match its beginning.
 */
export function snippetOf(source: string, terms: readonly SearchTerm[]): string {
  const text = source.replaceAll(START, ' ').replaceAll(END, ' ');
  const spans = matchesIn(text, terms);
  const at = spans.length === 0 ? 0 : bestWindow(spans);
  let from = Math.max(0, at - BEFORE);
  if (from > 0) from = Math.max(from, Math.min(at, text.indexOf(' ', from) + 1));
  const to = Math.min(text.length, from + LENGTH);
  let out = from > 0 ? '…' : '';
  let done = from;
  for (const { start, end } of spans) {
    if (start < done || end > to) continue;
    out += `${text.slice(done, start)}${START}${text.slice(start, end)}${END}`;
    done = end;
  }
  out += text.slice(done, to) + (to < text.length ? '…' : '');
  return out.replace(/\s+/g, ' ').trim();
}
