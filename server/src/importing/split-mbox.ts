import { MOST_RECORD_BYTES } from './found.ts';

const MARK = Buffer.from('\nFrom ');
const LF = 10, CR = 13;
/** As much of the next line as tells a header from words. */
const AHEAD = 256;
const HEADER = /^>?[!-9;-~]{1,200}[ \t]*:/;

export interface MboxMail {
  /** Undefined: larger than anything that is taken in. */
  raw: Buffer | undefined;
  /** Bytes of the file read up to its end. */
  read: number;
}

/**
 * The mails of an mbox file, one after the other. A mail begins at a line `From …` behind an empty line, when what follows is a header: so words that begin with "From" part nothing. One `>` before a quoted
 * `From ` is taken away again. A file that begins with headers is one mail. Memory is bounded by the largest mail.
 */
export async function* splitMbox(chunks: AsyncIterable<Buffer>, most = MOST_RECORD_BYTES): AsyncGenerator<MboxMail> {
  let rest: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let size = 0;
  let isFirst = true;
  /** Where in `rest` the search goes on; what is before has been looked through. */
  let from = 0;
  /** Bytes of the file that are no longer in `rest`. */
  let passed = 0;
  const keep = (bytes: Buffer): void => {
    size += bytes.length;
    if (size <= most) parts.push(bytes);
    else parts = [];
  };
  const take = (read: number): MboxMail | undefined => {
    const mail = size > most ? { raw: undefined, read } : { raw: unquoted(withoutLastEmptyLine(Buffer.concat(parts))), read };
    parts = [];
    size = 0;
    return mail.raw !== undefined && isBlank(mail.raw) ? undefined : mail;
  };
  function* scan(isEnd: boolean): Generator<MboxMail> {
    if (isFirst) {
      const start = afterBlank(rest);
      if (rest.length - start < 1000 && !isEnd) return;
      isFirst = false;
      if (rest.subarray(start, start + 5).equals(MARK.subarray(1))) {
        const end = rest.indexOf(LF, start);
        drop(end < 0 ? rest.length : end + 1);
      } else drop(start);
    }
    for (;;) {
      const at = rest.indexOf(MARK, from);
      if (at < 0) break;
      const end = rest.indexOf(LF, at + 1);
      const isLineThere = end >= 0 || rest.length - at > 4096;
      if ((!isLineThere || (end >= 0 && rest.length < end + 1 + AHEAD)) && !isEnd) return hold(Math.max(0, at - 2));
      if (end >= 0 && isEmptyLineBefore(rest, at, size) && HEADER.test(rest.subarray(end + 1, end + 1 + AHEAD).toString('latin1'))) {
        keep(rest.subarray(0, at + 1));
        const mail = take(passed + at + 1);
        drop(end + 1);
        if (mail) yield mail;
      } else from = at + 1;
    }
    if (isEnd) keep(rest);
    // The mark, and the line end before it, may be parted between two chunks.
    else hold(Math.max(0, rest.length - MARK.length - 2));
  }
  function drop(bytes: number): void {
    passed += bytes;
    rest = rest.subarray(bytes);
    from = 0;
  }
  /** Moves what is certain to the mail; the search goes on at the beginning of what is left. */
  function hold(bytes: number): void {
    if (bytes > 0) keep(rest.subarray(0, bytes));
    drop(bytes);
  }
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    yield* scan(false);
  }
  yield* scan(true);
  const last = take(passed + rest.length);
  if (last) yield last;
}

function isEmptyLineBefore(rest: Buffer, at: number, kept: number): boolean {
  if (at === 0) return kept === 0;
  const before = rest[at - 1];
  return before === LF || (before === CR && (at >= 2 ? rest[at - 2] === LF : kept === 0));
}

function afterBlank(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === LF || bytes[at] === CR || bytes[at] === 32 || bytes[at] === 9) at += 1;
  return at;
}

const isBlank = (bytes: Buffer): boolean => afterBlank(bytes) >= bytes.length;

/** The empty line before the next mail belongs to the file, not to the mail. */
function withoutLastEmptyLine(mail: Buffer): Buffer {
  if (mail.at(-1) !== LF) return mail;
  const end = mail.at(-2) === CR ? mail.length - 2 : mail.length - 1;
  return mail[end - 1] === LF ? mail.subarray(0, end) : mail;
}

function unquoted(mail: Buffer): Buffer {
  return mail.includes('>From ') ? Buffer.from(mail.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1') : mail;
}
