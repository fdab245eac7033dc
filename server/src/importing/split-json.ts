import { MOST_RECORD_BYTES } from './found.ts';

const QUOTE = 34, BACKSLASH = 92, OPEN = 123, CLOSE = 125, OPEN_LIST = 91, CLOSE_LIST = 93, COLON = 58, COMMA = 44, LF = 10;

export interface JsonRecord {
  /** The list it stands in, such as `tickets` or `data.payload`; empty for a list or lines without a name. */
  list: string;
  /** Undefined: it cannot be read, or is too large. */
  value: unknown;
  isTooLarge: boolean;
  line: number;
  read: number;
}

/**
 * The records of a JSON document as they come: the members of a list at the top, the members of the lists in `lists` (paths of keys) of an object that has no `id`, or one object after the other, on lines of their own or not. Only one record is held at a
 * time. A line that is broken costs that line; within a list a record that is broken costs that record.
 */
export async function* splitJson(chunks: AsyncIterable<Buffer>, lists: ReadonlySet<string>, most = MOST_RECORD_BYTES): AsyncGenerator<JsonRecord> {
  const roots = new Set([...lists].flatMap((path) => (path.includes('.') ? [path.slice(0, path.indexOf('.'))] : [])));
  let depth = 0, line = 1, read = 0;
  let isInString = false, isEscaped = false, isKey = false;
  // Of the object at the top, and of the one its path goes on into.
  let isInNamed = false;
  let path = '';
  // An object with an id is a record, whatever lists it holds.
  let hasId = false;
  let key = '', keyBytes: number[] = [], expectsKey = false;
  // The list whose members are records: where it stands, and how deep.
  let list: string | undefined;
  let listDepth = 0;
  // The record that is being collected.
  let recordDepth = -1, recordLine = 1, size = 0;
  let parts: Buffer[] = [];
  let start = -1;
  let lineStarts = true;

  const begin = (at: number): void => {
    recordDepth = depth;
    recordLine = line;
    size = 0;
    parts = [];
    start = at;
  };
  const collect = (bytes: Buffer): void => {
    size += bytes.length;
    if (size <= most) parts.push(bytes);
    else parts = [];
  };
  const forget = (): void => {
    recordDepth = -1;
    start = -1;
    parts = [];
    size = 0;
  };
  const finish = (): JsonRecord => {
    const isTooLarge = size > most;
    let value: unknown;
    try {
      value = isTooLarge ? undefined : JSON.parse(Buffer.concat(parts).toString('utf8'));
    } catch {
      value = undefined;
    }
    const record = { list: list ?? '', value, isTooLarge, line: recordLine, read };
    forget();
    return record;
  };
  const anew = (): void => {
    depth = 0;
    isInString = isEscaped = isInNamed = false;
    path = '';
    list = undefined;
    forget();
  };

  for await (const chunk of chunks) {
    if (recordDepth >= 0) start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === LF) {
        line += 1;
        // Within words a line never ends: what was begun on it is broken.
        if (isInString && list === undefined) {
          if (recordDepth >= 0) yield { list: '', value: undefined, isTooLarge: false, line: recordLine, read: read + at };
          anew();
        }
        lineStarts = true;
        continue;
      }
      const isAtStart = lineStarts;
      lineStarts = false;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) {
          isInString = false;
          if (isKey) {
            key = Buffer.from(keyBytes).toString('utf8');
            if (depth === 1 && key === 'id') hasId = true;
          }
          isKey = false;
        } else if (isKey && keyBytes.length < 100) keyBytes.push(byte);
        continue;
      }
      if (byte === QUOTE) {
        isInString = true;
        isKey = expectsKey && list === undefined && (depth === 1 || (depth === 2 && isInNamed));
        if (isKey) keyBytes = [];
        continue;
      }
      if (byte === OPEN || byte === OPEN_LIST) {
        // An object at the beginning of a line, inside of one that began on another: that one was cut off.
        if (byte === OPEN && isAtStart && depth > 0 && list === undefined && recordDepth === 0 && recordLine < line && !isInNamed && !mayHaveBeenLaidOut(parts, chunk, start, at)) {
          yield { list: '', value: undefined, isTooLarge: false, line: recordLine, read: read + at };
          anew();
        }
        if (list !== undefined && depth === listDepth) {
          if (recordDepth < 0) begin(at);
        } else if (list === undefined && depth === 0) {
          if (byte === OPEN) {
            begin(at);
            expectsKey = true;
            hasId = false;
          } else {
            list = '';
            listDepth = 1;
          }
        } else if (list === undefined && (depth === 1 || (depth === 2 && isInNamed))) {
          const here = depth === 1 ? key : `${path}.${key}`;
          if (byte === OPEN_LIST && !hasId && lists.has(here)) {
            forget();
            list = here;
            listDepth = depth + 1;
          } else if (byte === OPEN && depth === 1 && !hasId && roots.has(key)) {
            isInNamed = true;
            path = key;
            expectsKey = true;
          }
        }
        depth += 1;
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        depth -= 1;
        if (depth < 0) depth = 0;
        if (recordDepth >= 0 && depth === recordDepth) {
          collect(chunk.subarray(start, at + 1));
          read += at + 1;
          const record = finish();
          read -= at + 1;
          yield record;
        } else if (list !== undefined && depth === listDepth - 1 && recordDepth < 0) {
          // The object around it may hold another list; after a nameless one the next document may begin.
          list = undefined;
          expectsKey = true;
        } else if (isInNamed && depth === 1) isInNamed = false;
        if (depth === 0) {
          isInNamed = false;
          path = '';
        }
      } else if (byte === COLON) expectsKey = false;
      else if (byte === COMMA && list === undefined && (depth === 1 || (depth === 2 && isInNamed))) expectsKey = true;
    }
    if (recordDepth >= 0) collect(chunk.subarray(start));
    read += chunk.length;
  }
  if (recordDepth >= 0) yield { list: list ?? '', value: undefined, isTooLarge: size > most, line: recordLine, read };
}

/** Whether an object that goes over lines was written so on purpose: its first line then holds nothing but its brace. */
function mayHaveBeenLaidOut(parts: readonly Buffer[], chunk: Buffer, start: number, at: number): boolean {
  const head = Buffer.concat([...parts.slice(0, 1), chunk.subarray(Math.max(0, start), at)]).subarray(0, 64).toString('latin1');
  return /^\{[ \t\r]*\n/.test(head);
}
