import { isAscii } from 'node:buffer';
import { findCardNumbers } from '../../platform/card-numbers.ts';
import { bytesToText, sequenceLength } from './byte-text.ts';
import { readHtmlInPlace } from './html-reading.ts';
import { maskHeader } from './mask-header.ts';
import { readMimeTree, type MimePart } from './mime-tree.ts';
import { decodeBase64, decodePlain, decodeQuotedPrintable, type DecodedBody } from './transfer-encoding.ts';

/**
 * Covers card numbers in a raw message before any of it is kept: in headers with their encoded words, in the text of all parts whatever
 * their transfer encoding, in attached messages and in attachments that are text.
 *
 * Only the digits change, each in place and in the encoding it stands in, so every other byte and the length of the message stay as they
 * came. When nothing is covered, `raw` is the Buffer that was handed in. Whatever the bytes are, it does not throw: what cannot be read
 * as MIME is read as text. `masked` is the number of card numbers found.
 */
export function maskRaw(raw: Buffer): { raw: Buffer; masked: number } {
  return maskMessage(raw, 0);
}

/** The message and its changed copy, which is made when the first card number is found. */
interface Work {
  readonly original: Buffer;
  changed: Buffer | undefined;
  masked: number;
}

function maskMessage(raw: Buffer, depth: number): { raw: Buffer; masked: number } {
  const work: Work = { original: raw, changed: undefined, masked: 0 };
  maskPart(work, readMimeTree(raw), depth);
  return { raw: work.changed ?? raw, masked: work.masked };
}

function writable(work: Work, start: number, end: number): Buffer {
  return (work.changed ??= Buffer.from(work.original)).subarray(start, end);
}

function maskPart(work: Work, part: MimePart, depth: number): void {
  for (const header of part.headers) {
    work.masked += maskHeader(work.original, header, () => writable(work, header.start, header.end));
  }
  if (part.parts.length === 0) {
    maskLeaf(work, part, depth);
    return;
  }
  for (const inner of part.parts) maskPart(work, inner, depth);
  // No mail program shows the text before the first and behind the last part, but it is kept all the same. The lines that part them stay.
  const first = (part.parts[0] as MimePart).start;
  const last = (part.parts.at(-1) as MimePart).end;
  const preambleEnd = work.original.subarray(0, Math.max(0, first - 1)).lastIndexOf(LF) + 1;
  const delimiterEnd = work.original.indexOf(LF, work.original.indexOf(DASHES, last));
  maskText(work, part.bodyStart, preambleEnd, decodePlain, false, '');
  if (delimiterEnd > 0) maskText(work, delimiterEnd, part.end, decodePlain, false, '');
}

const LF = 10;
const DASHES = '--';
const MAX_ATTACHED_DEPTH = 5;

function maskLeaf(work: Work, part: MimePart, depth: number): void {
  const { bodyStart: start, end, encoding } = part;
  const kind = kindOf(part);
  if (kind === 'binary' || end - start < MIN_BYTES) return;
  const decode = encoding === 'base64' ? decodeBase64 : encoding === 'quoted-printable' ? decodeQuotedPrintable : decodePlain;
  if (kind === 'unknown' && !looksLikeText(decode(work.original.subarray(start, Math.min(end, start + 4096))).bytes)) return;
  if (kind === 'message' && depth < MAX_ATTACHED_DEPTH) maskEncodedMessage(work, start, end, decode, depth);
  else maskText(work, start, end, decode, kind === 'html', (part.parameters.get('charset') ?? '').toLowerCase());
}

const MIN_BYTES = 13;
const TEXT_TYPE = /^(text\/|message\/|multipart\/|application\/(.*[+/.-])?(json|xml|csv|yaml|rtf|sql|x-ndjson|ndjson|javascript|x-sh|x-mbox|mbox|ics)$)/;
const TEXT_NAME = /\.(txt|csv|tsv|json|ndjson|xml|html?|eml|log|md|ics|vcf|ya?ml|sql|rtf|ini|conf|mbox)$/i;

function kindOf(part: MimePart): 'html' | 'text' | 'message' | 'unknown' | 'binary' {
  const type = part.mediaType;
  const name = part.filename ?? '';
  if (type === 'message/rfc822' || type === 'message/global' || /\.eml$/i.test(name)) return 'message';
  if (type === 'text/html' || type === 'application/xhtml+xml' || /\.html?$/i.test(name)) return 'html';
  if (TEXT_TYPE.test(type) || TEXT_NAME.test(name)) return 'text';
  return /^(application\/(octet-stream|x-download|force-download|unknown)|binary\/|unknown\/|x-unknown\/|\*\/)/.test(type) ? 'unknown' : 'binary';
}

/** No control characters but those of text. */
function looksLikeText(bytes: Buffer): boolean {
  return bytes.every((c) => c >= 32 || (c >= 9 && c <= 13) || c === 27);
}

/** A message attached in base64 is against the standards and happens: it is decoded, masked as a whole, and the changed bytes are written back. */
function maskEncodedMessage(work: Work, start: number, end: number, decode: (bytes: Buffer) => DecodedBody, depth: number): void {
  const body = decode(work.original.subarray(start, end));
  const inner = maskMessage(body.bytes, depth + 1);
  if (inner.masked === 0) return;
  const target = writable(work, start, end);
  for (let i = 0; i < inner.raw.length; i++) {
    if (inner.raw[i] !== body.bytes[i]) body.put(target, i, inner.raw[i] as number);
  }
  work.masked += inner.masked;
}

const STAR = 42;

function maskText(work: Work, start: number, end: number, decode: (bytes: Buffer) => DecodedBody, isHtml: boolean, charset: string): void {
  if (end - start < MIN_BYTES) return;
  const body = decode(work.original.subarray(start, end));
  if (!mayHoldCardNumber(body.bytes)) return;
  const wide = /^(utf-?16|ucs-?2|iso-10646-ucs-2)/.test(charset) || hasWideMark(body.bytes) ? readWide(body.bytes, charset) : undefined;
  const text = wide?.text ?? bytesToText(body.bytes);
  const covered = new Set<number>();
  // HTML is read as it looks on the screen and as it stands, for what attributes and comments hold.
  for (const reading of isHtml ? [readHtmlInPlace(text), text] : [text]) {
    for (const places of findCardNumbers(reading)) {
      const isNew = places.some(({ start: at }) => !covered.has(at));
      for (const { start: at, end: to } of places) {
        covered.add(at);
        const last = isHtml && text[at] === '&' ? endOfReference(text, at) : to;
        if (wide === undefined) cover(writable(work, start, end), body, at, Math.max(last, at + sequenceLength(body.bytes, at)));
        else wide.cover(writable(work, start, end), body, at, last);
      }
      if (isNew) work.masked++;
    }
  }
}

function cover(target: Buffer, body: DecodedBody, from: number, to: number): void {
  for (let i = from; i < to; i++) body.put(target, i, STAR);
}

function endOfReference(text: string, at: number): number {
  return at + (/^&#?\w+;?/.exec(text.slice(at, at + 16))?.[0].length ?? 1);
}

/** Spreadsheet programs save text of two bytes a character with a mark at its start, and the mail does not say so. Digits then have an empty half each. */
function hasWideMark(bytes: Buffer): boolean {
  return ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) && bytes.includes(0, 2);
}

/** Text of two bytes a character; the order of the bytes is told by the charset, a mark at the start, or which half is empty. */
function readWide(bytes: Buffer, charset: string): { text: string; cover: typeof cover } {
  const isBig = charset.endsWith('be') || (!charset.endsWith('le') && (bytes[0] === 0xfe || (bytes[0] === 0 && bytes[1] !== 0)));
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return {
    text: (isBig ? Buffer.from(even).swap16() : even).toString('utf16le'),
    cover(target, body, from, to) {
      for (let i = from; i < to; i++) {
        body.put(target, 2 * i, isBig ? 0 : STAR);
        body.put(target, 2 * i + 1, isBig ? STAR : 0);
      }
    },
  };
}

/** A cheap look before the careful one: ASCII text with fewer digits than a card number has holds none. */
function mayHoldCardNumber(bytes: Buffer): boolean {
  if (bytes.length < MIN_BYTES) return false;
  if (!isAscii(bytes)) return true;
  let digits = 0;
  for (const c of bytes) {
    if (c >= 48 && c <= 57 && ++digits === 13) return true;
  }
  return false;
}
