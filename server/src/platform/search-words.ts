import { foldText, UNSPACED_SIGN as SIGN } from '@rapport/contract';

export { foldText, wordsInPlace, type PlacedWord } from '@rapport/contract';

const UNSPACED = new RegExp(`${SIGN}\\p{M}*`, 'gu');
const NOT_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
// Longer runs are keys, hashes and encoded files, which nobody types.
const MAX_WORD = 64;

/**
 * The words of a text as search keeps and compares them, joined by single spaces; at most `maxLength` characters of them. The same folding runs over what is stored and
 * what is asked, so that search finds the same on every database, whatever its locale: `Müller` by `muller`, `İSTANBUL` by `istanbul`, `東京都` by `京都`.
 */
export function searchWords(text: string, maxLength = 50_000): string {
  const folded = foldText(text.slice(0, maxLength * 2)).replace(UNSPACED, ' $& ');
  const words = folded.replace(NOT_WORD, ' ').split(' ').filter((word) => word !== '' && word.length <= MAX_WORD).join(' ');
  return words.length <= maxLength ? words : words.slice(0, words.lastIndexOf(' ', maxLength));
}

export interface SearchTerm {
  /** More than one: a phrase. */
  words: string[];
  /** The last word may be the beginning of one. */
  isPrefix: boolean;
}

const MAX_WORDS = 12;
// The index has to gather every word that begins so; with fewer letters that is nearly everything there is.
const MIN_PREFIX = 3;
const ONE_SIGN = new RegExp(`^${SIGN}`, 'u');

/** Reads what a person typed: all words must occur, words between double quotes next to each other, and the last word may be unfinished. Empty when there is no word in it. */
export function readSearchTerms(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const match of typed.replace(/[“”„«»]/g, '"').matchAll(/"([^"]*)"?|[^\s"]+/g)) {
    const isQuoted = match[1] !== undefined;
    const words = searchWords(match[1] ?? match[0]).split(' ').filter((word) => word !== '').slice(0, MAX_WORDS);
    const last = words.at(-1);
    if (last === undefined) continue;
    terms.push({ words, isPrefix: !isQuoted && match.index + match[0].length === typed.length && (last.length >= MIN_PREFIX || ONE_SIGN.test(last)) });
  }
  return terms.slice(0, MAX_WORDS);
}

/** What `to_tsquery('simple', …)` reads. With `anyOrder` the words of phrases may stand anywhere. */
export function tsqueryOf(terms: readonly SearchTerm[], options: { anyOrder?: boolean } = {}): string {
  const glue = options.anyOrder ? ' & ' : ' <-> ';
  return terms.map(({ words, isPrefix }) => `(${words.map((word, i) => `'${word}'${isPrefix && i === words.length - 1 ? ':*' : ''}`).join(glue)})`).join(' & ');
}

export const hasPhrase = (terms: readonly SearchTerm[]): boolean => terms.some((term) => term.words.length > 1);
export const hasPrefix = (terms: readonly SearchTerm[]): boolean => terms.some((term) => term.isPrefix);
/** Every word taken as finished. */
export const withoutPrefix = (terms: readonly SearchTerm[]): SearchTerm[] => terms.map((term) => ({ ...term, isPrefix: false }));
