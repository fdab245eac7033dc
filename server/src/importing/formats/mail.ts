import { MOST_RECORD_BYTES, odd, type Found, type Placed, type SourceFile } from '../found.ts';
import { splitMbox } from '../split-mbox.ts';

/** mbox files, one mail after the other. */
export async function* readMbox(files: readonly SourceFile[]): AsyncGenerator<Placed<Found>> {
  let before = 0;
  for (const file of files) {
    let record = 0;
    for await (const { raw, read } of splitMbox(file.open())) {
      record += 1;
      yield { ...(raw === undefined ? odd('too_large') : { kind: 'mail' as const, raw }), place: { file: file.name, record, line: null, read: before + read } };
    }
    before += file.bytes;
  }
}

/** A Maildir: each file is one mail. What its owner had thrown away (`T`) or not sent yet (`D`) is left. */
export async function* readMaildir(files: readonly SourceFile[]): AsyncGenerator<Placed<Found>> {
  let read = 0;
  for (const file of files) {
    read += file.bytes;
    const place = { file: file.name, record: 1, line: null, read };
    const flags = /[:;!]2,([A-Za-z]*)$/.exec(file.name)?.[1] ?? '';
    if (/[TD]/.test(flags)) yield { ...odd('deleted'), place };
    else if (file.bytes > MOST_RECORD_BYTES) yield { ...odd('too_large'), place };
    else {
      const chunks: Buffer[] = [];
      for await (const chunk of file.open()) chunks.push(chunk);
      yield { kind: 'mail', raw: Buffer.concat(chunks), place };
    }
  }
}
