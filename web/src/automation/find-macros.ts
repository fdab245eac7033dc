export interface Findable {
  name: string;
  excerpt: string;
  folder: { name: string };
}

const fold = (text: string) => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}+/gu, '');

/** How many letters must be put in, left out, changed or swapped to make one word of another; `most + 1` when it is more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      now[j] = best;
    }
    beforeLast = last;
    last = now;
  }
  return last[b.length] ?? most + 1;
}

/** How well a typed word fits one of the words; 0 is best, undefined when not at all. Longer words may have more slips. */
function fit(typed: string, words: readonly string[]): number | undefined {
  const slips = typed.length >= 7 ? 2 : typed.length >= 4 ? 1 : 0;
  let best: number | undefined;
  for (const word of words) {
    const at = word.indexOf(typed);
    // What is still being typed is held against as much of the word.
    const isClose = () => [0, 1, -1].some((more) => distance(typed, word.slice(0, typed.length + more), slips) <= slips);
    const score = at === 0 ? 0 : at > 0 ? 1 : slips > 0 && isClose() ? 2 : undefined;
    if (score !== undefined && (best === undefined || score < best)) best = score;
  }
  return best;
}

/** Those that fit what was typed, best first; every typed word must fit. The name counts more than the folder, the folder more than the text. What fits equally well keeps its order. */
export function findMacros<T extends Findable>(items: readonly T[], typed: string): T[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const split = (text: string) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const found: { item: T; score: number }[] = [];
  for (const item of items) {
    const [name, folder, text] = [split(item.name), split(item.folder.name), split(item.excerpt)];
    let score = 0;
    for (const word of words) {
      const fits = [fit(word, name), fit(word, folder), fit(word, text)].flatMap((one, place) => (one === undefined ? [] : [one + place * 3]));
      score = fits.length === 0 ? Number.POSITIVE_INFINITY : score + Math.min(...fits);
    }
    if (Number.isFinite(score)) found.push({ item, score });
  }
  return found.sort((a, b) => a.score - b.score).map(({ item }) => item);
}
