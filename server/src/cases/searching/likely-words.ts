// The letters a word may be mistyped with, by the script it is written in. What is asked is folded, so there are no accents and no capitals.
const ALPHABETS = ['abcdefghijklmnopqrstuvwxyz', 'абвгдежзиклмнопрстуфхцчшщъыьэюя', 'αβγδεζηθικλμνξοπρστυφχψω', 'אבגדהוזחטיכלמנסעפצקרשתםןךףץ', 'ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئ'];
const MIN_LENGTH = 4;
const MAX_LENGTH = 24;

const alphabetOf = (word: string): string | undefined => ALPHABETS.find((letters) => [...word].every((letter) => letters.includes(letter)));

/** Whether a word may be a mistyped one: long enough, and of letters of one alphabet; numbers and codes are as they are. */
export const canBeMistyped = (word: string): boolean => word.length >= MIN_LENGTH && word.length <= MAX_LENGTH && alphabetOf(word) !== undefined;

/** Every word that is one mistake away: a letter too many, too few, another one, or two the wrong way round. Some hundred; the index, being sorted, is asked for all of them at once. */
export function oneMistakeAway(word: string): string[] {
  const letters = alphabetOf(word) ?? '';
  const found = new Set<string>();
  for (let i = 0; i <= word.length; i += 1) {
    const [before, after] = [word.slice(0, i), word.slice(i)];
    if (after) found.add(before + after.slice(1));
    if (after.length > 1) found.add(`${before}${after[1]}${after[0]}${after.slice(2)}`);
    for (const letter of letters) {
      if (after) found.add(before + letter + after.slice(1));
      found.add(before + letter + after);
    }
  }
  found.delete(word);
  return [...found];
}

/** How many mistakes lie between two words, two letters the wrong way round being one; `most + 1` when there are more than `most`. */
export function mistakesBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, k) => k)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let k = 1; k <= b.length; k += 1) {
      const isSame = a[i - 1] === b[k - 1];
      let cost = Math.min((row[k] ?? 0) + 1, (next[k - 1] ?? 0) + 1, (row[k - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1]) cost = Math.min(cost, (before[k - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return Math.min(row[b.length] ?? 0, most + 1);
}
