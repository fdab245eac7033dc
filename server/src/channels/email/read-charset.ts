import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { guessCharset } from './guess-charset.ts';

// Labels that browsers know none of but mail programs have written.
const ALIASES: Record<string, string> = { 'utf-8mb4': 'utf-8', unicode11utf8: 'utf-8', utf8mb3: 'utf-8', 'x-user-defined': 'windows-1252', 'ansi': 'windows-1252', 'cp-850': 'cp850', 'ibm-850': 'cp850', 'x-unknown': '', 'unknown-8bit': '', binary: '', default: '' };

/**
 * Text out of bytes in the charset a mail names. Where the name is missing, unknown or plainly wrong (says UTF-8 or ASCII and is neither),
 * the bytes are read as UTF-8 if they are valid, else as what they plainly are (`guessCharset`), else as windows-1252, which is what old programs meant. Never throws.
 */
export function decodeCharset(bytes: Buffer, charset: string | undefined): string {
  const label = (charset ?? '').trim().toLowerCase().replace(/^["']|["']$/g, '');
  const name = ALIASES[label] ?? label;
  if (name === '' || name === 'utf-8' || name === 'utf8' || /^(us-)?ascii$|^ansi_x3/.test(name)) {
    return withoutName(bytes);
  }
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    if (iconv.encodingExists(name)) return iconv.decode(bytes, name);
    return withoutName(bytes);
  }
}

function withoutName(bytes: Buffer): string {
  const guess = guessCharset(bytes);
  if (guess !== undefined) return new TextDecoder(guess).decode(bytes);
  return isUtf8(bytes) ? stripMark(bytes.toString('utf8')) : new TextDecoder('windows-1252').decode(bytes);
}

const ESCAPE = 27;

/** Whether a parser that knows the charsets of browsers, and trusts what a mail says, reads these bytes as `decodeCharset` does. */
export function isPlainlyReadable(bytes: Buffer, charset: string | undefined): boolean {
  const name = (charset ?? '').trim().toLowerCase();
  if (name === '' || name === 'utf-8' || name === 'us-ascii') return isUtf8(bytes) && !bytes.includes(ESCAPE);
  try {
    return new TextDecoder(name).encoding !== 'replacement';
  } catch {
    return false;
  }
}

function stripMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
