import { decodeCharset } from '../read-charset.ts';

export interface TnefFile {
  filename: string;
  mediaType: string;
  bytes: Buffer;
  contentId: string | undefined;
}
export interface Tnef {
  text: string | undefined;
  html: string | undefined;
  files: TnefFile[];
}

const SIGNATURE = 0x223e9f78;
const MOST_ATTRIBUTES = 5_000;
const MOST_PROPERTIES = 2_000;
const MOST_FILES = 200;

// Attributes of a winmail.dat (MS-OXTNEF), type and number.
const MESSAGE_PROPERTIES = 0x0006_9003, CODE_PAGE = 0x0006_9007, BODY = 0x0002_800c;
const FILE_BEGINS = 0x0006_9002, FILE_DATA = 0x0006_800f, FILE_TITLE = 0x0001_8010, FILE_PROPERTIES = 0x0006_9005;
// Properties within them (MS-OXPROPS).
const P_BODY = 0x1000, P_HTML = 0x1013, P_RTF = 0x1009, P_LONG_NAME = 0x3707, P_NAME = 0x3704, P_MIME = 0x370e, P_CONTENT_ID = 0x3712, P_DATA = 0x3701;

/**
 * Reads a winmail.dat: what Outlook makes of a mail whose recipients it takes for users of Outlook. Files and the text; the formatting only where it was written
 * as HTML. Undefined when these are no such bytes; of a broken one what could be read. Takes no more memory than the bytes themselves.
 */
export function readTnef(bytes: Buffer): Tnef | undefined {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return undefined;
  const found: Tnef = { text: undefined, html: undefined, files: [] };
  let charset = 'windows-1252';
  let file: TnefFile | undefined;
  let at = 6;
  for (let count = 0; count < MOST_ATTRIBUTES && at + 9 <= bytes.length; count++) {
    const attribute = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const from = at + 9;
    if (length > bytes.length - from) break;
    const value = bytes.subarray(from, from + length);
    at = from + length + 2;
    if (attribute === CODE_PAGE && length >= 4) charset = charsetOf(value.readUInt32LE(0));
    else if (attribute === BODY) found.text ??= textOf(value, charset);
    else if (attribute === FILE_BEGINS) {
      file = found.files.length < MOST_FILES ? { filename: '', mediaType: '', bytes: Buffer.alloc(0), contentId: undefined } : undefined;
      if (file !== undefined) found.files.push(file);
    } else if (attribute === FILE_DATA && file !== undefined) file.bytes = value;
    else if (attribute === FILE_TITLE && file !== undefined) file.filename ||= textOf(value, charset);
    else if (attribute === FILE_PROPERTIES && file !== undefined) takeFileProperties(file, readProperties(value, charset));
    else if (attribute === MESSAGE_PROPERTIES) {
      const properties = readProperties(value, charset);
      const body = properties.get(P_BODY);
      if (typeof body === 'string') found.text ??= body;
      const html = properties.get(P_HTML);
      if (html !== undefined) found.html ??= typeof html === 'string' ? html : decodeCharset(html, charsetInHtml(html) ?? charset);
      const rtf = properties.get(P_RTF);
      // Outlook's packed rich text is not unpacked; whoever has Outlook can open it.
      if (Buffer.isBuffer(rtf) && rtf.length > 0 && found.text === undefined && found.html === undefined) found.files.push({ filename: 'message.rtf.lzfu', mediaType: 'application/octet-stream', bytes: rtf, contentId: undefined });
    }
  }
  found.files = found.files.filter((each) => each.bytes.length > 0);
  return found;
}

function takeFileProperties(file: TnefFile, properties: ReadonlyMap<number, string | Buffer>): void {
  const text = (id: number): string | undefined => {
    const value = properties.get(id);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  file.filename = text(P_LONG_NAME) ?? (file.filename || (text(P_NAME) ?? ''));
  file.mediaType = text(P_MIME) ?? file.mediaType;
  file.contentId = text(P_CONTENT_ID)?.replace(/^<|>$/g, '') ?? file.contentId;
  const data = properties.get(P_DATA);
  // An object begins with the id of its kind (16 bytes); behind it stands the file.
  if (file.bytes.length === 0 && Buffer.isBuffer(data) && data.length > 16) file.bytes = data.subarray(16);
}

const SIZES: Readonly<Record<number, number>> = { 0x0001: 4, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000a: 4, 0x000b: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16 };

/** Texts and bytes by property number; everything else is walked over. Stops where the bytes make no sense. */
function readProperties(bytes: Buffer, charset: string): Map<number, string | Buffer> {
  const found = new Map<number, string | Buffer>();
  const count = bytes.length >= 4 ? Math.min(bytes.readUInt32LE(0), MOST_PROPERTIES) : 0;
  let at = 4;
  const has = (more: number): boolean => more >= 0 && at + more <= bytes.length;
  const padded = (length: number): number => length + ((4 - (length % 4)) % 4);
  for (let i = 0; i < count && has(4); i++) {
    const type = bytes.readUInt16LE(at);
    const id = bytes.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) {
      // A named property: whose it is, then a number, or a name as long as it says.
      if (!has(20)) return found;
      const isNamed = bytes.readUInt32LE(at + 16) === 1;
      at += 20;
      if (!has(4)) return found;
      const length = isNamed ? 4 + padded(bytes.readUInt32LE(at)) : 4;
      if (!has(length)) return found;
      at += length;
    }
    const base = type & 0x0fff;
    const isMany = (type & 0x1000) !== 0;
    const isLong = base === 0x001e || base === 0x001f || base === 0x0102 || base === 0x000d;
    let values = 1;
    if (isMany || isLong) {
      if (!has(4)) return found;
      values = bytes.readUInt32LE(at);
      at += 4;
    }
    if (values > MOST_PROPERTIES) return found;
    for (let v = 0; v < values; v++) {
      if (!isLong) {
        const size = padded(SIZES[base] ?? 0);
        if (size === 0 || !has(size)) return found;
        at += size;
        continue;
      }
      if (!has(4)) return found;
      const length = bytes.readUInt32LE(at);
      at += 4;
      if (!has(length)) return found;
      const value = bytes.subarray(at, at + length);
      at += Math.min(padded(length), bytes.length - at);
      if (!found.has(id)) found.set(id, base === 0x001e ? textOf(value, charset) : base === 0x001f ? value.toString('utf16le').replace(/\0+$/, '') : value);
    }
  }
  return found;
}

const textOf = (value: Buffer, charset: string): string => decodeCharset(value, charset).replace(/\0[^]*$/, '');
const charsetInHtml = (html: Buffer): string | undefined => /charset=["']?([\w-]{2,40})/i.exec(html.subarray(0, 4_000).toString('latin1'))?.[1];

function charsetOf(codePage: number): string {
  const named: Readonly<Record<number, string>> = { 65001: 'utf-8', 20127: 'us-ascii', 28591: 'iso-8859-1', 28592: 'iso-8859-2', 28605: 'iso-8859-15', 932: 'shift_jis', 936: 'gb18030', 949: 'euc-kr', 950: 'big5', 20866: 'koi8-r', 50220: 'iso-2022-jp', 51932: 'euc-jp' };
  return named[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252');
}
