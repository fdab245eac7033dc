import { isAscii } from 'node:buffer';

// Behind each character that takes several bytes stand as many of these, so that every place in the text is a place in the bytes.
const FILLER = '\u200b';

/**
 * Bytes of an unknown ASCII-like charset as text of exactly the same length: character `i` begins at byte `i`.
 *
 * Sequences that are valid UTF-8 become their character and fillers that nobody sees; every other byte above 127 is read as
 * windows-1252, where the space that does not break and the dashes of office programs live. Digits and what parts them read
 * right in UTF-8, in all charsets of one byte, and in those of East Asia for the ASCII half.
 */
export function bytesToText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  let text = '';
  let plainFrom = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 1 && (bytes[i] as number) < 0x80) {
      i++;
      continue;
    }
    text += bytes.toString('latin1', plainFrom, i);
    if (length === 1) text += WINDOWS_1252[bytes[i] as number] ?? String.fromCharCode(bytes[i] as number);
    else {
      const character = bytes.toString('utf8', i, i + length);
      text += character + FILLER.repeat(length - character.length);
    }
    i += length;
    plainFrom = i;
  }
  return text + bytes.toString('latin1', plainFrom);
}

const WINDOWS_1252: Record<number, string> = { 0x95: '\u2022', 0x96: '\u2013', 0x97: '\u2014' };

/** How many bytes the character takes that begins at `i`: 2 to 4 for a valid UTF-8 sequence, 1 for anything else. */
export function sequenceLength(bytes: Buffer, i: number): number {
  const lead = bytes[i] as number;
  if (lead < 0xc2 || lead > 0xf4) return 1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (i + length > bytes.length) return 1;
  for (let k = 1; k < length; k++) {
    if (((bytes[i + k] as number) & 0xc0) !== 0x80) return 1;
  }
  const second = bytes[i + 1] as number;
  const isOverlong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const isSurrogate = lead === 0xed && second > 0x9f;
  return isOverlong || isSurrogate || (lead === 0xf4 && second > 0x8f) ? 1 : length;
}
