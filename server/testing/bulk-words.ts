import { searchWords } from '../src/platform/search-words.ts';

export type Random = () => number;

/** The same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const HEAD = 'the to a and you I for is of my it in this have not that please order with on me be your was but can do are from would thank we will delivery if account email invoice hello at been payment so when get day or refund help card shipping how an product return number'.split(' ');
const SYLLABLES = 'ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko la le li lo lu ma me mi mo mu na ne ni no pa pe pi po ra re ri ro ru sa se si so ta te ti to tu va ve vi wa we za ze'.split(' ');
const VOCABULARY = 40_000;
const SENTENCES = 20_000;

export interface Words {
  word(): string;
  name(): string;
  sentence(): { text: string; folded: string };
  /** About seventy words, most of them common and a few that hardly any other message has. */
  message(random: Random): { text: string; folded: string };
  tag(random: Random): string;
  samples: { everywhere: string; common: string; rare: string };
}

/** Words as people use them: the r-th most common one is used about 1/r times as often as the first. Sentences are made beforehand; messages are put together from them. */
export function makeWords(random: Random): Words {
  const vocabulary = [...HEAD];
  const seen = new Set(vocabulary);
  while (vocabulary.length < VOCABULARY) {
    const word = Array.from({ length: 2 + Math.floor(random() * 3) }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
    if (!seen.has(word)) vocabulary.push(word);
    seen.add(word);
  }
  const cumulative = new Float64Array(VOCABULARY);
  let sum = 0;
  for (let r = 0; r < VOCABULARY; r += 1) cumulative[r] = sum += 1 / (r + 2.7);
  const word = () => {
    const at = random() * sum;
    let [low, high] = [0, VOCABULARY - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return vocabulary[low] as string;
  };
  const sentences = Array.from({ length: SENTENCES }, () => {
    const text = Array.from({ length: 6 + Math.floor(random() * 10) }, word).join(' ');
    return { text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, folded: searchWords(text) };
  });
  const sentence = () => sentences[Math.floor(random() * SENTENCES)] as (typeof sentences)[number];
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  let count = 0;
  return {
    word, sentence,
    name: () => `${capital(word())} ${capital(vocabulary[1_000 + Math.floor(random() * 20_000)] as string)}`,
    message(own) {
      const parts = Array.from({ length: 4 + Math.floor(own() * 5) }, sentence);
      count += 1;
      // Order numbers, and words that only a handful of messages share.
      const rare = [`r${Math.floor(own() * 10_000_000)}`, `zq${Math.floor(count / 3).toString(36)}x`];
      return { text: `${parts.map((part) => part.text).join(' ')}\n\nOrder ${rare[0]}, reference ${rare[1]}.`, folded: `${parts.map((part) => part.folded).join(' ')} order ${rare[0]} reference ${rare[1]}` };
    },
    tag: (own) => `tag-${Math.floor(own() ** 4 * 300)}`,
    samples: { everywhere: 'payment', common: vocabulary[600] as string, rare: 'zq21x' },
  };
}
