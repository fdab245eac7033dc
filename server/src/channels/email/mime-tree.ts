import { readStructuredValue } from './header-value.ts';

/** One header: its lower-case name and where it stands. `end` lies behind its last line end. Lines that are no header have the name ''. */
export interface HeaderField {
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** One part of a message with the places of its bytes in the raw message. `parts` holds what a multipart or a plainly attached message is made of. */
export interface MimePart {
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  readonly headers: readonly HeaderField[];
  /** Lower case, `text/plain` where nothing is said. */
  readonly mediaType: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly filename: string | undefined;
  readonly encoding: 'base64' | 'quoted-printable' | 'plain';
  readonly parts: readonly MimePart[];
}

const MAX_DEPTH = 40;
const MAX_PARTS = 2000;
const MAX_HEADERS = 5000;

const LF = 10, CR = 13, SPACE = 32, TAB = 9, DASH = 45, COLON = 58;

/**
 * Finds the parts of a raw message without copying or decoding any of it.
 *
 * It reads what mail programs write, not what standards wish: line ends of either kind, parts that never end, boundaries that never
 * come. What is too deep or too many stays one part with everything in it. Never throws.
 */
export function readMimeTree(raw: Buffer): MimePart {
  return readPart(raw, 0, raw.length, 'text/plain', { depth: 0, count: { parts: 0 } });
}

interface Budget {
  readonly depth: number;
  readonly count: { parts: number };
}

function readPart(raw: Buffer, start: number, end: number, defaultType: string, budget: Budget): MimePart {
  budget.count.parts++;
  const { headers, bodyStart } = readHeaders(raw, start, end);
  const contentType = readStructuredValue(headerText(raw, headers, 'content-type') ?? '');
  const mediaType = /^[^\s/]+\/[^\s/]+$/.test(contentType.value) ? contentType.value : defaultType;
  const disposition = readStructuredValue(headerText(raw, headers, 'content-disposition') ?? '');
  const transfer = (headerText(raw, headers, 'content-transfer-encoding') ?? '').toLowerCase();
  const encoding = transfer.includes('base64') ? 'base64' : transfer.includes('quoted-printable') ? 'quoted-printable' : 'plain';

  const parts: MimePart[] = [];
  const inner: Budget = { depth: budget.depth + 1, count: budget.count };
  if (inner.depth <= MAX_DEPTH) {
    const boundary = contentType.parameters.get('boundary');
    if (mediaType.startsWith('multipart/') && boundary !== undefined && boundary !== '') {
      const innerType = mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
      for (const [from, to] of findParts(raw, bodyStart, end, boundary)) {
        if (inner.count.parts >= MAX_PARTS) break;
        parts.push(readPart(raw, from, to, innerType, inner));
      }
    } else if (isAttachedMessage(mediaType) && encoding === 'plain' && inner.count.parts < MAX_PARTS) {
      parts.push(readPart(raw, bodyStart, end, 'text/plain', inner));
    }
  }
  return {
    start, bodyStart, end, headers, mediaType, parameters: contentType.parameters, encoding, parts,
    filename: disposition.parameters.get('filename') ?? contentType.parameters.get('name'),
  };
}

function isAttachedMessage(mediaType: string): boolean {
  return mediaType === 'message/rfc822' || mediaType === 'message/global' || mediaType === 'message/news';
}

function readHeaders(raw: Buffer, start: number, end: number): { headers: HeaderField[]; bodyStart: number } {
  const headers: HeaderField[] = [];
  let field: { name: string; start: number; valueStart: number } | undefined;
  const close = (at: number): void => {
    if (field !== undefined) headers.push({ ...field, end: at });
    field = undefined;
  };
  let at = start;
  while (at < end) {
    const newline = raw.indexOf(LF, at);
    const lineEnd = newline < 0 || newline >= end ? end : newline + 1;
    const first = raw[at];
    if (isBlank(raw, at, lineEnd)) {
      close(at);
      return { headers, bodyStart: lineEnd };
    }
    if (first !== SPACE && first !== TAB) {
      const colon = headers.length < MAX_HEADERS ? raw.subarray(at, lineEnd).indexOf(COLON) : -1;
      if (colon > 0) {
        close(at);
        field = { name: raw.toString('latin1', at, at + colon).trim().toLowerCase(), start: at, valueStart: at + colon + 1 };
      } else if (field?.name !== '') {
        close(at);
        field = { name: '', start: at, valueStart: at };
      }
    }
    at = lineEnd;
  }
  close(end);
  return { headers, bodyStart: end };
}

function isBlank(raw: Buffer, at: number, lineEnd: number): boolean {
  let i = at;
  while (i < lineEnd && raw[i] === CR) i++;
  return raw[i] === LF && i < lineEnd;
}

/** The ranges between the delimiter lines of a multipart body. The line end before a delimiter belongs to it (RFC 2046). */
function findParts(raw: Buffer, start: number, end: number, boundary: string): Array<[number, number]> {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const body = raw.subarray(0, end); // so that no search runs beyond this part
  const ranges: Array<[number, number]> = [];
  let from = -1;
  for (let at = body.indexOf(delimiter, start); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at !== start && raw[at - 1] !== LF) continue;
    let behind = at + delimiter.length;
    const isLast = raw[behind] === DASH && raw[behind + 1] === DASH;
    if (isLast) behind += 2;
    while (behind < end && (raw[behind] === SPACE || raw[behind] === TAB || raw[behind] === CR)) behind++;
    if (behind < end && raw[behind] !== LF) continue; // a longer boundary that begins with this one
    if (from >= 0) ranges.push([from, Math.max(from, withoutLineEnd(raw, from, at))]);
    from = isLast ? -1 : Math.min(end, behind + 1);
    if (isLast) break;
  }
  if (from >= 0) ranges.push([from, end]);
  return ranges;
}

function withoutLineEnd(raw: Buffer, from: number, at: number): number {
  if (at > from && raw[at - 1] === LF) return at - 1 > from && raw[at - 2] === CR ? at - 2 : at - 1;
  return at;
}

/** The value of the first header with this name, unfolded, one character a byte. */
export function headerText(raw: Buffer, headers: readonly HeaderField[], name: string): string | undefined {
  const field = headers.find((header) => header.name === name);
  return field === undefined ? undefined : raw.toString('latin1', field.valueStart, field.end).replace(/\r?\n(?=[ \t])/g, '').trim();
}

/** All leaves below a part, in order; the part itself when it has none. */
export function* leavesOf(part: MimePart): Generator<MimePart> {
  if (part.parts.length === 0) yield part;
  for (const inner of part.parts) yield* leavesOf(inner);
}
