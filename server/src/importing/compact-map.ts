import { hash } from 'node:crypto';

export interface CompactMap {
  get(key: string): number | undefined;
  /** `value`: a whole number below 2³². */
  set(key: string, value: number): void;
  readonly bytes: number;
}

const SEGMENTS = 256, FIRST_SLOTS = 16, WORDS = 3;

interface Segment {
  /** Of each slot both halves of a hash, and the value; both halves 0: free. */
  words: Uint32Array;
  used: number;
}

const slotOf = ({ words }: Segment, low: number, high: number): number => {
  const slots = words.length / WORDS;
  let slot = low % slots;
  for (;;) {
    const at = slot * WORDS;
    if ((words[at] === low && words[at + 1] === high) || (words[at] === 0 && words[at + 1] === 0)) return at;
    slot = (slot + 1) % slots;
  }
};

function put(segment: Segment, low: number, high: number, value: number): void {
  const at = slotOf(segment, low, high);
  const { words } = segment;
  if (words[at] === 0 && words[at + 1] === 0) segment.used += 1;
  words[at] = low;
  words[at + 1] = high;
  words[at + 2] = value;
}

/**
 * Numbers by keys of which there are too many to keep: 16 to 24 bytes for each, whatever its length. Only 64 bits of a key are remembered: among twenty million the chance that any two are taken for the same is one in a hundred thousand. It grows in 256
 * parts, so that growing never needs twice the memory.
 */
export function compactMap(): CompactMap {
  const segments: Segment[] = Array.from({ length: SEGMENTS }, () => ({ words: new Uint32Array(FIRST_SLOTS * WORDS), used: 0 }));
  const placeOf = (key: string): [Segment, number, number] => {
    const digest = hash('sha256', key, 'buffer');
    const low = digest.readUInt32LE(0);
    // Never both 0, which is a free slot.
    return [segments[digest[8] as number] as Segment, low, low === 0 ? digest.readUInt32LE(4) || 1 : digest.readUInt32LE(4)];
  };
  return {
    get(key) {
      const [segment, low, high] = placeOf(key);
      const at = slotOf(segment, low, high);
      return segment.words[at] === 0 && segment.words[at + 1] === 0 ? undefined : segment.words[at + 2];
    },
    set(key, value) {
      const [segment, low, high] = placeOf(key);
      if ((segment.used + 1) * WORDS > segment.words.length * 0.75) {
        const before = segment.words;
        Object.assign(segment, { words: new Uint32Array(Math.ceil((before.length / WORDS) * 1.5) * WORDS), used: 0 });
        for (let at = 0; at < before.length; at += WORDS) if (before[at] !== 0 || before[at + 1] !== 0) put(segment, before[at] as number, before[at + 1] as number, before[at + 2] as number);
      }
      put(segment, low, high, value);
    },
    get bytes() {
      return segments.reduce((sum, { words }) => sum + words.byteLength, 0);
    },
  };
}
