/** A half-open range of UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What parts two groups of digits. A line end stands for a space, with the quote marks of an answered mail behind it. */
export interface Glue {
  readonly kind: 'space' | 'dash' | 'dot';
  readonly isLineEnd: boolean;
}

/** Digits with nothing visible between them: their values as ASCII, where each stands, and what parts them from the next group. */
export interface DigitGroup {
  readonly digits: string;
  readonly places: readonly Span[];
  readonly glue: Glue | undefined;
}

// Classes of UTF-16 units. Digits carry their value: DIGIT + 0 to DIGIT + 9.
const OTHER = 0, SPACE = 1, DASH = 2, DOT = 3, LINE_END = 4, INVISIBLE = 5, SURROGATE = 6, QUOTE = 7, DIGIT = 16;

const unitClass = new Uint8Array(0x10000);
const classify = (kind: number, ...units: Array<number | readonly [number, number]>): void => {
  for (const unit of units) {
    const [from, to] = typeof unit === 'number' ? [unit, unit] : unit;
    unitClass.fill(kind, from, to + 1);
  }
};
classify(SPACE, 0x20, 0xa0, 0x1680, [0x2000, 0x200a], 0x202f, 0x205f, 0x3000);
classify(DASH, 0x2d, [0x2010, 0x2015], 0x2212, 0xfe58, 0xfe63, 0xff0d);
classify(DOT, 0x2e, 0xb7, 0x2022, 0x2024, 0xff0e);
classify(LINE_END, 0x0a, 0x0d);
classify(INVISIBLE, 0xad, 0x034f, 0x061c, [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x2069], 0xfeff);
classify(SURROGATE, [0xd800, 0xdbff]);
classify(QUOTE, 0x3e);
// The zero of each run of ten decimal digits (general category Nd) below U+10000; the rare ones above are looked up one by one.
for (const zero of [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090,
  0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
]) {
  for (let value = 0; value < 10; value++) unitClass[zero + value] = DIGIT + value;
}

/** Whether a UTF-16 unit is a character that nobody sees, such as a soft hyphen or a zero-width space. */
export function isInvisible(unit: number): boolean {
  return unitClass[unit] === INVISIBLE;
}

/**
 * Cuts a text into chains: digits of any script which follow each other with nothing but separators between their groups.
 * Only chains of at least `minDigits` digits are returned, so that ordinary text costs one look per character.
 */
export function readDigitChains(text: string, minDigits: number): DigitGroup[][] {
  const chains: DigitGroup[][] = [];
  for (let i = 0; i < text.length; ) {
    const kind = unitClass[text.charCodeAt(i)] as number;
    if (kind < DIGIT && kind !== SURROGATE) {
      i++;
      continue;
    }
    const { groups, count, end } = readChain(text, i);
    if (count >= minDigits) chains.push(groups);
    i = Math.max(end, i + 1);
  }
  return chains;
}

function readChain(text: string, start: number): { groups: DigitGroup[]; count: number; end: number } {
  const groups: DigitGroup[] = [];
  let count = 0;
  for (let at = start; ; ) {
    let digits = '';
    const places: Span[] = [];
    let end = at;
    for (;;) {
      const value = digitAt(text, at);
      if (value === -1) {
        if (!isInvisible(text.charCodeAt(at))) break;
        at++;
        continue;
      }
      const width = value > 9 ? 2 : 1;
      digits += value % 10;
      places.push({ start: at, end: at + width });
      at += width;
      end = at;
    }
    count += digits.length;
    const glue = digits === '' ? undefined : glueAt(text, end);
    if (digits !== '') groups.push({ digits, places, glue });
    if (glue === undefined) return { groups, count, end };
    at = glue.end;
  }
}

/** The value of the digit at `i`, ten more when it takes two UTF-16 units, -1 when there is none. */
function digitAt(text: string, i: number): number {
  const kind = unitClass[text.charCodeAt(i)] ?? OTHER; // NaN behind the end
  if (kind >= DIGIT) return kind - DIGIT;
  if (kind !== SURROGATE) return -1;
  const codePoint = text.codePointAt(i) as number;
  const isDigit = (c: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(c));
  if (codePoint < 0x10000 || !isDigit(codePoint)) return -1;
  let zero = codePoint;
  while (isDigit(zero - 1)) zero--;
  return 10 + ((codePoint - zero) % 10);
}

/**
 * What parts two groups of digits at `i`: up to three characters of spaces with at most one dash or dot among them, or one line
 * end with the spaces and quote marks around it. Undefined when anything else stands there or no digit follows.
 */
function glueAt(text: string, i: number): (Glue & { end: number }) | undefined {
  let at = i;
  let seen = 0;
  let kind: Glue['kind'] = 'space';
  let isLineEnd = false;
  for (; at < text.length; at++) {
    const unit = unitClass[text.charCodeAt(at)] as number;
    if (unit === INVISIBLE) continue;
    if (unit === LINE_END) {
      if (isLineEnd) return undefined;
      isLineEnd = true;
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      continue;
    }
    if (unit === DASH || unit === DOT) {
      if (kind !== 'space') return undefined;
      kind = unit === DASH ? 'dash' : 'dot';
    } else if (unit !== SPACE && !(unit === QUOTE && isLineEnd)) break;
    if (++seen > (isLineEnd ? 16 : 3)) return undefined;
  }
  if (at === i || digitAt(text, at) === -1) return undefined;
  return { kind, isLineEnd, end: at };
}
