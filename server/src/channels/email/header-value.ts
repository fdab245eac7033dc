/** A header such as `text/plain; charset=utf-8`: its value in lower case and its parameters by lower-case name. */
export interface StructuredValue {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const MAX_PARAMETERS = 100;

/**
 * Reads `value; name=value; name="quoted"` with comments, and the pieces and percent signs of RFC 2231 put together.
 * The first of two parameters with one name counts. Broken input gives what can be made out, never an error.
 */
export function readStructuredValue(text: string): StructuredValue {
  const [value = '', ...rest] = splitUnquoted(text);
  const plain = new Map<string, string>();
  for (const part of rest.slice(0, MAX_PARAMETERS)) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim().toLowerCase();
    if (!plain.has(name)) plain.set(name, unquote(part.slice(equals + 1).trim()));
  }
  return { value: value.trim().toLowerCase(), parameters: joinPieces(plain) };
}

/** Splits at semicolons outside quotes, leaving out comments in brackets where white space may stand. */
function splitUnquoted(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  let depth = 0;
  const lastClosing = text.lastIndexOf(')');
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\\' && (isQuoted || depth > 0)) {
      if (depth === 0) part += c + (text[i + 1] ?? '');
      i++;
    } else if (depth > 0) {
      if (c === '(') depth++;
      else if (c === ')') depth--;
    } else if (c === '"') {
      isQuoted = !isQuoted;
      part += c;
    } else if (isQuoted) part += c;
    // Within an unquoted name such as `file(1).pdf` a bracket is a letter like any other.
    else if (c === '(' && i < lastClosing && (part === '' || ' \t\r\n'.includes(text[i - 1] as string))) depth++;
    else if (c === ';') {
      parts.push(part);
      part = '';
    } else part += c;
  }
  parts.push(part);
  return parts;
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const end = /^"((?:[^"\\]|\\.)*)/s.exec(text)?.[1] ?? '';
  return end.replace(/\\(.)/gs, '$1');
}

/** `name*0*=utf-8''a%20; name*1=b` becomes `name=a b` (RFC 2231); the charset is taken to be UTF-8 or one byte a character. */
function joinPieces(plain: Map<string, string>): Map<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of plain) {
    const match = /^([^*]+)(?:\*(\d{1,2}))?(\*)?$/.exec(name);
    const base = match?.[1];
    if (base === undefined || (match?.[2] === undefined && match?.[3] === undefined)) {
      if (!joined.has(name)) joined.set(name, value);
      continue;
    }
    if (joined.has(base) || (match[2] !== undefined && match[2] !== '0')) continue;
    let text = match[3] === undefined ? value : decodePercent(value);
    for (let piece = 1; match[2] !== undefined && piece < MAX_PARAMETERS; piece++) {
      const encoded = plain.get(`${base}*${piece}*`);
      const literal = encoded === undefined ? plain.get(`${base}*${piece}`) : decodePercent(encoded);
      if (literal === undefined) break;
      text += literal;
    }
    joined.set(base, text);
  }
  return joined;
}

function decodePercent(value: string): string {
  const text = value.replace(/^[\w.:-]*'[\w-]*'/, '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
}
