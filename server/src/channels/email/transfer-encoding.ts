/** A decoded body that still knows where each byte came from, so that single bytes can be changed in their encoded form. */
export interface DecodedBody {
  readonly bytes: Buffer;
  /** Writes an ASCII character in place of the decoded byte `i` into `encoded`, which is the body this was decoded from (or a copy). */
  put(encoded: Buffer, i: number, character: number): void;
}

export function decodePlain(encoded: Buffer): DecodedBody {
  return {
    bytes: encoded,
    put: (target, i, character) => {
      target[i] = character;
    },
  };
}

const HEX = Buffer.from('0123456789ABCDEF', 'latin1');
const EQUALS = 61, PERCENT = 37, LF = 10, CR = 13, SPACE = 32, TAB = 9, UNDERSCORE = 95;

/** Quoted-printable (RFC 2045). Malformed escapes stay as they are. */
export function decodeQuotedPrintable(encoded: Buffer): DecodedBody {
  return decodeEscapes(encoded, EQUALS, true, false);
}

/** The Q encoding of header words (RFC 2047), where `_` is a space. */
export function decodeQ(encoded: Buffer): DecodedBody {
  return decodeEscapes(encoded, EQUALS, false, true);
}

/** Percent signs as in addresses and in header parameters (RFC 2231). */
export function decodePercent(encoded: Buffer): DecodedBody {
  return decodeEscapes(encoded, PERCENT, false, false);
}

function decodeEscapes(encoded: Buffer, escape: number, hasSoftBreaks: boolean, hasUnderscores: boolean): DecodedBody {
  const bytes = Buffer.alloc(encoded.length);
  const source = new Int32Array(encoded.length);
  let length = 0;
  for (let i = 0; i < encoded.length; i++) {
    const c = encoded[i] as number;
    if (c === escape) {
      const softEnd = hasSoftBreaks ? endOfSoftBreak(encoded, i) : -1;
      if (softEnd > 0) {
        i = softEnd - 1;
        continue;
      }
      const high = hexValue(encoded[i + 1]), low = hexValue(encoded[i + 2]);
      if (high >= 0 && low >= 0) {
        source[length] = i;
        bytes[length++] = high * 16 + low;
        i += 2;
        continue;
      }
    }
    source[length] = i;
    bytes[length++] = hasUnderscores && c === UNDERSCORE ? SPACE : c;
  }
  return {
    bytes: bytes.subarray(0, length),
    put(target, i, character) {
      const at = source[i] as number;
      if (target[at] === escape && hexValue(target[at + 1]) >= 0 && hexValue(target[at + 2]) >= 0) {
        target[at + 1] = HEX[character >> 4] as number;
        target[at + 2] = HEX[character & 15] as number;
      } else target[at] = character;
    },
  };
}

/** The place behind `=`, white space and a line end; -1 when the `=` at `i` begins something else. */
function endOfSoftBreak(encoded: Buffer, i: number): number {
  let at = i + 1;
  while (encoded[at] === SPACE || encoded[at] === TAB) at++;
  if (at >= encoded.length) return at;
  if (encoded[at] === CR && encoded[at + 1] === LF) return at + 2;
  return encoded[at] === LF ? at + 1 : -1;
}

function hexValue(c: number | undefined): number {
  if (c === undefined) return -1;
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 65 && c <= 70) return c - 55;
  return c >= 97 && c <= 102 ? c - 87 : -1;
}

const BASE64 = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
const base64Value = new Int8Array(256).fill(-1);
BASE64.forEach((c, value) => {
  base64Value[c] = value;
});
base64Value[45] = 62; // `-` and `_` of the URL variant
base64Value[95] = 63;

// What nearly every base64 part is; anything else is read character by character.
const CLEAN_BASE64 = /^[A-Za-z\d+/\r\n]*={0,2}$/;

/** Base64, skipping whatever is not part of its alphabet; after padding a new run may begin, as where two encoded pieces were joined. */
export function decodeBase64(encoded: Buffer): DecodedBody {
  const text = encoded.toString('latin1');
  if (!CLEAN_BASE64.test(text.trimEnd())) return mapBase64(encoded);
  // The places are only worked out when a byte is to be changed, which for most mail is never.
  let mapped: DecodedBody | undefined;
  return {
    bytes: Buffer.from(text, 'base64'),
    put(target, i, character) {
      mapped ??= mapBase64(encoded);
      mapped.put(target, i, character);
    },
  };
}

/** Decodes and remembers for each byte in which characters it stands. */
function mapBase64(encoded: Buffer): DecodedBody {
  const places = new Int32Array(encoded.length); // where the characters of the alphabet stand
  const groupOf = new Int32Array(Math.ceil(encoded.length * 0.75) + 3); // for each byte the index in `places` at which its group begins
  const indexOf = new Uint8Array(groupOf.length); // and whether it is the first, second or third byte of it
  const bytes = Buffer.alloc(groupOf.length);
  let seen = 0, group = 0, bits = 0, length = 0;
  const flush = (): void => {
    const count = seen - group;
    for (let k = 0; k < count - 1; k++) {
      groupOf[length] = group;
      indexOf[length] = k;
      bytes[length++] = (bits << (6 * (4 - count))) >> (16 - 8 * k);
    }
    group = seen;
    bits = 0;
  };
  for (let i = 0; i < encoded.length; i++) {
    const c = encoded[i] as number;
    const value = base64Value[c] as number;
    if (value >= 0) {
      places[seen++] = i;
      bits = (bits << 6) | value;
      if (seen - group === 4) flush();
    } else if (c === EQUALS) flush();
  }
  flush();
  return {
    bytes: bytes.subarray(0, length),
    put(target, i, character) {
      const first = groupOf[i] as number;
      let value = 0;
      for (let k = 0; k < 4; k++) value = (value << 6) | (k + first < seen ? Math.max(0, base64Value[target[places[first + k] as number] as number] as number) : 0);
      const shift = 16 - 8 * (indexOf[i] as number);
      value = (value & ~(0xff << shift)) | (character << shift);
      // Of a short last group only the characters are rewritten that hold bits of this byte.
      const from = Math.floor((indexOf[i] as number) * 8 / 6), to = Math.floor(((indexOf[i] as number) * 8 + 7) / 6);
      for (let k = from; k <= to; k++) target[places[first + k] as number] = BASE64[(value >> (18 - 6 * k)) & 63] as number;
    },
  };
}
