import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { parse, type CsvError } from 'csv-parse';
import type { SourceFile } from './found.ts';

export interface CsvRow {
  /** By heading: small letters, words joined by `_`. Undefined: this line cannot be read. */
  values: Record<string, string> | undefined;
  /** Where it ends, from 1. */
  line: number;
  read: number;
}

const MOST_ROW = 8 * 1024 * 1024;

/** Headings as people write them, in one spelling: "Customer E-Mail" is `customer_e_mail`. */
export const heading = (text: string): string => text.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '');

/** What parts the columns, by the first line: the one of comma, semicolon and tab it has most of. */
export function delimiterOf(firstLine: string): string {
  const outside = firstLine.replace(/"(?:[^"]|"")*"/g, '');
  const count = (sign: string) => outside.split(sign).length - 1;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}

/** UTF-16 by its mark, UTF-8, or what Western spreadsheets write when it is neither: told by the whole file, for the first accent may stand far down. */
async function encodingOf(chunks: AsyncIterable<Buffer>): Promise<'utf-16le' | 'utf-8' | 'windows-1252'> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of chunks) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
      isFirst = false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

async function* decoded(file: SourceFile, onRead: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(await encodingOf(file.open()));
  for await (const chunk of file.open()) {
    onRead(chunk.length);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** The rows of a CSV file with headings, one after the other. Comma, semicolon or tab, quoted or not, in any of the usual encodings; a row that cannot be read is told and does not stop the others. */
export async function* readCsv(file: SourceFile): AsyncGenerator<CsvRow> {
  let read = 0;
  const text = decoded(file, (bytes) => (read += bytes));
  const begun = await text.next();
  const head = begun.done ? '' : begun.value.replace(/^\uFEFF/, '');
  if (head.trim() === '') return;
  async function* whole(): AsyncGenerator<string> {
    yield head;
    yield* text;
  }
  const firstLine = head.slice(0, head.search(/[\r\n]|$/));
  const skipped: CsvRow[] = [];
  const parser = parse({
    delimiter: delimiterOf(firstLine), columns: (names: string[]) => names.map(heading), info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, skip_records_with_error: true, max_record_size: MOST_ROW,
  });
  parser.on('skip', (error: CsvError) => skipped.push({ values: undefined, line: Number(error['lines'] ?? 0), read }));
  const source = Readable.from(whole(), { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      yield* skipped.splice(0);
      yield { values: record, line: info.lines, read };
    }
  } catch (error) {
    // Quotes that never end, and the like: the rest cannot be told apart any more.
    if ((error as { code?: string }).code?.startsWith('CSV_') !== true) throw error;
    skipped.push({ values: undefined, line: Number((error as CsvError)['lines'] ?? 0), read });
  } finally {
    source.destroy();
  }
  yield* skipped;
}
