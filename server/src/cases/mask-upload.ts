import { isUtf8 } from 'node:buffer';
import { setImmediate as turn } from 'node:timers/promises';
import { maskCardNumbers } from '../platform/card-numbers.ts';

const TEXT_TYPE = /^(text\/|message\/|application\/(.*[+/.-])?(json|xml|csv|yaml|rtf|sql|x-ndjson|ndjson|javascript))/i;
const TEXT_NAME = /\.(txt|csv|tsv|json|ndjson|xml|html?|eml|log|md|ics|vcf|ya?ml|sql|rtf|ini|conf)$/i;
// A few hundredths of a second of work; others have their turn in between.
const PIECE = 64_000;

/** Covers card numbers in the text, piece by piece; pieces end with a line where there is one. */
async function maskLong(text: string): Promise<string> {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const line = text.lastIndexOf('\n', at + PIECE);
    const end = at + PIECE >= text.length ? text.length : line > at ? line + 1 : at + PIECE;
    out += maskCardNumbers(text.slice(at, end)).text;
    at = end;
    if (at < text.length) await turn();
  }
  return out;
}

/** A file an agent uploads, with card numbers covered when it is text; other kinds (pictures, documents) cannot be read and stay as they are. */
export async function maskUpload(file: { filename: string; mediaType: string; content: Buffer }): Promise<Buffer> {
  const { content } = file;
  if (!TEXT_TYPE.test(file.mediaType) && !TEXT_NAME.test(file.filename)) return content;
  const isWide = content[0] === 0xff && content[1] === 0xfe;
  if (!isWide && !isUtf8(content)) return content;
  const text = content.toString(isWide ? 'utf16le' : 'utf8');
  const covered = await maskLong(text);
  return covered === text ? content : Buffer.from(covered, isWide ? 'utf16le' : 'utf8');
}
