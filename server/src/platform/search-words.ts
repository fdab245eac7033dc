// Letters that are a Latin letter with something through or beside it, which Unicode does not take apart.
const FOLDED: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'k', 'ς': 'σ' };
const FOLDABLE = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'g');
// Accents of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel signs: people leave them out when they search. Signs that carry the vowel, as in Indic scripts, stay.
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]+/g;
const ASCII_ONLY = /^[\x00-\x7f]*$/;
// Scripts written without spaces: every sign is a word of its own, and a searched word is a phrase of them.
const SIGN = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const UNSPACED = new RegExp(`${SIGN}\\p{M}*`, 'gu');
const NOT_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
// Longer runs are keys, hashes and encoded files, which nobody types.
const MAX_WORD = 64;

/** One piece of text, folded: lower case, no accents, ligatures and full-width forms taken apart. */
export function foldText(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').toLowerCase().replace(ACCENTS, '').replace(FOLDABLE, (letter) => FOLDED[letter] ?? letter);
}

/**
 * The words of a text as search keeps and compares them, joined by single spaces; at most `maxLength` characters of them. The same folding runs over what is stored and
 * what is asked, so that search finds the same on every database, whatever its locale: `Müller` by `muller`, `İSTANBUL` by `istanbul`, `東京都` by `京都`.
 */
export function searchWords(text: string, maxLength = 50_000): string {
  const folded = foldText(text.slice(0, maxLength * 2)).replace(UNSPACED, ' $& ');
  const words = folded.replace(NOT_WORD, ' ').split(' ').filter((word) => word !== '' && word.length <= MAX_WORD).join(' ');
  return words.length <= maxLength ? words : words.slice(0, words.lastIndexOf(' ', maxLength));
}

const PIECE = new RegExp(`${SIGN}\\p{M}*|(?:(?!${SIGN})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** The words of a text, folded, each with where it stands in the text as it was written. */
export function wordsInPlace(text: string): PlacedWord[] {
  const words: PlacedWord[] = [];
  for (const match of text.matchAll(PIECE)) words.push({ word: foldText(match[0]), start: match.index, end: match.index + match[0].length });
  return words;
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
