/** A source of chance that always runs the same way for the same seed, so that two demos made at the same moment are the same. */
export interface Random {
  /** At least 0, less than 1. */
  fraction(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  pickWeighted<T>(list: readonly T[], weight: (item: T) => number): T;
  shuffle<T>(list: readonly T[]): T[];
  digits(count: number): string;
  /** A source of its own: what is drawn from it does not shift what is drawn here. */
  fork(name: string): Random;
}

/** 128 bits of state from a text (cyrb128, public domain). */
function hash(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

/** The generator is sfc32: small, quick, and far better than what a demo needs. Not for secrets. */
export function randomFrom(seed: string): Random {
  let [a, b, c, d] = hash(seed);
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  // The first values of neighbouring seeds are alike.
  for (let i = 0; i < 12; i++) next();
  const random: Random = {
    fraction: next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick(list) {
      if (list.length === 0) throw new RangeError('Nothing to pick from.');
      return list[Math.floor(next() * list.length)] as (typeof list)[number];
    },
    pickWeighted(list, weight) {
      let left = next() * list.reduce((sum, item) => sum + weight(item), 0);
      for (const item of list) {
        left -= weight(item);
        if (left < 0) return item;
      }
      return random.pick(list);
    },
    shuffle(list) {
      const result = [...list];
      for (let i = result.length - 1; i > 0; i--) {
        const j = random.between(0, i);
        [result[i], result[j]] = [result[j] as (typeof result)[number], result[i] as (typeof result)[number]];
      }
      return result;
    },
    digits: (count) => Array.from({ length: count }, () => random.between(0, 9)).join(''),
    fork: (name) => randomFrom(`${seed}/${name}`),
  };
  return random;
}
