import { isUtf8 } from 'node:buffer';
import { headerText, readMimeTree, type HeaderField, type MimePart } from './mime-tree.ts';
import { decodeCharset, isPlainlyReadable } from './read-charset.ts';
import { decodeBase64, decodePlain, decodeQ, decodeQuotedPrintable } from './transfer-encoding.ts';

/**
 * The same mail in charsets every parser knows: text parts in rare or wrongly named charsets and headers with bare 8-bit bytes are written
 * anew in UTF-8. A mail that needs none of it (nearly every one) is handed back as it is. For reading only; what is kept is the original.
 */
export function makeReadable(raw: Buffer): Buffer {
  const edits: Edit[] = [];
  collectEdits(raw, readMimeTree(raw), edits);
  if (edits.length === 0) return raw;
  edits.sort((a, b) => a.start - b.start);
  const pieces: Buffer[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push(raw.subarray(at, edit.start), edit.by);
    at = edit.end;
  }
  return Buffer.concat([...pieces, raw.subarray(at)]);
}

interface Edit {
  start: number;
  end: number;
  by: Buffer;
}

function collectEdits(raw: Buffer, part: MimePart, edits: Edit[]): void {
  const whole = part.parts.length === 0 ? readablePart(raw, part) : undefined;
  if (whole !== undefined) {
    edits.push(whole);
    return;
  }
  for (const field of part.headers) {
    const by = readableHeader(raw, field);
    if (by !== undefined) edits.push({ start: field.start, end: field.end, by });
  }
  for (const inner of part.parts) {
    // An attached mail is an attachment: its bytes stay as they are.
    if (part.mediaType.startsWith('multipart/')) collectEdits(raw, inner, edits);
  }
}

/** A text part with its headers in UTF-8, when it is not readable as it stands. */
function readablePart(raw: Buffer, part: MimePart): Edit | undefined {
  if (part.mediaType !== 'text/plain' && part.mediaType !== 'text/html') return undefined;
  if (/^\s*attachment/i.test(headerText(raw, part.headers, 'content-disposition') ?? '')) return undefined;
  const charset = part.parameters.get('charset');
  // Encoded text that says it is UTF-8 is believed: to check costs decoding it, and it is only ever wrong at a cut-off end.
  if (part.encoding !== 'plain' && /^utf-?8$/i.test(charset ?? '')) return undefined;
  const decode = part.encoding === 'base64' ? decodeBase64 : part.encoding === 'quoted-printable' ? decodeQuotedPrintable : decodePlain;
  const bytes = decode(raw.subarray(part.bodyStart, part.end)).bytes;
  if (isPlainlyReadable(bytes, charset)) return undefined;

  const others = [...part.parameters].filter(([name]) => name === 'format' || name === 'delsp').map(([name, value]) => `; ${name}=${value}`);
  const headers = `Content-Type: ${part.mediaType}; charset=utf-8${others.join('')}\r\nContent-Transfer-Encoding: base64\r\n`;
  const body = Buffer.from(decodeCharset(bytes, charset), 'utf8').toString('base64');
  const kept = part.headers.filter((field) => field.name !== 'content-type' && field.name !== 'content-transfer-encoding');
  const keptBytes = kept.map((field) => readableHeader(raw, field) ?? raw.subarray(field.start, field.end));
  return { start: part.start, end: part.end, by: Buffer.concat([...keptBytes, Buffer.from(`${headers}\r\n${body.replace(/.{76}/g, '$&\r\n')}`)]) };
}

const ENCODED_WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi;

function readableHeader(raw: Buffer, field: HeaderField): Buffer | undefined {
  const bytes = raw.subarray(field.start, field.end);
  const isReadable = isUtf8(bytes);
  const text = isReadable ? bytes.toString('utf8') : decodeCharset(bytes, 'windows-1252');
  const plain = text.includes('=?') ? text.replace(ENCODED_WORD, readableWord) : text;
  return isReadable && plain === text ? undefined : Buffer.from(plain, 'utf8');
}

function readableWord(word: string, charset: string, encoding: string, content: string): string {
  const bytes = Buffer.from(content, 'latin1');
  const decoded = encoding.toLowerCase() === 'b' ? decodeBase64(bytes).bytes : decodeQ(bytes).bytes;
  if (isKnownCharset(charset)) return word;
  return `=?utf-8?B?${Buffer.from(decodeCharset(decoded, charset), 'utf8').toString('base64')}?=`;
}

function isKnownCharset(charset: string): boolean {
  return isPlainlyReadable(Buffer.alloc(0), charset);
}
