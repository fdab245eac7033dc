// Letters that are a Latin letter with something through or beside it, which Unicode does not take apart.
const FOLDED: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'k', 'ς': 'σ' };
const FOLDABLE = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'g');
// Accents of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel signs: people leave them out when they search. Signs that carry the vowel, as in Indic scripts, stay.
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]+/g;
const ASCII_ONLY = /^[\x00-\x7f]*$/;
/** Scripts written without spaces: every sign is a word of its own, and a searched word is a phrase of them. */
export const UNSPACED_SIGN = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const PIECE = new RegExp(`${UNSPACED_SIGN}\\p{M}*|(?:(?!${UNSPACED_SIGN})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/** One piece of text, folded: lower case, no accents, ligatures and full-width forms taken apart. What is stored, asked and highlighted is folded by this alone. */
export function foldText(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').toLowerCase().replace(ACCENTS, '').replace(FOLDABLE, (letter) => FOLDED[letter] ?? letter);
}

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
