import type pg from 'pg';
import { copyIn } from '../backup/copy-stream.ts';
import { fileKeysQuery } from '../backup/tables.ts';
import type { Files } from '../files/index.ts';
import { ok, problem, type Finding } from './finding.ts';

const SHOWN = 5;
const BATCH = 5_000;

/** The listing of the store as lines for COPY, `BATCH` files at a time. */
async function* listing(files: Files): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  for await (const { key, bytes } of files.list()) {
    lines.push(`${key}\t${bytes}\n`);
    if (lines.length < BATCH) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

/**
 * Compares the file store with the rows that refer to it. The listing goes into a temporary table, so that millions of files need no memory here; batch by batch,
 * because a transaction that writes and lasts holds back the events of the running product. Files nobody refers to are no fault: a message that is being
 * taken in stores its files before its rows.
 */
export async function checkFiles(client: pg.Client, files: Files): Promise<Finding[]> {
  await client.query('create temporary table stored_file (key text not null, bytes bigint not null)');
  try {
    for await (const batch of listing(files)) await copyIn(client, 'copy stored_file from stdin', only(batch));
    await client.query('analyze stored_file');
    const referred = await fileKeysQuery(client);
    const { rows: missing } = await client.query<{ key: string; count: number }>(
      `select r.key, count(*) over ()::int as count from (${referred}) r left join stored_file s on s.key = r.key where s.key is null order by 1 limit ${SHOWN}`,
    );
    const count = missing[0]?.count ?? 0;
    if (count > 0) {
      const names = missing.map(({ key }) => key).join(', ');
      return [problem('files', `${count} files that messages refer to are missing: ${names}${count > missing.length ? ' …' : ''}`, 'Copy them from the directory "files" of a backup to the same place in the file store.')];
    }
    const { rows: totals } = await client.query<{ stored: number; spare: number; spareBytes: number }>(
      `select count(*)::int as stored, count(*) filter (where r.key is null)::int as spare, coalesce(sum(s.bytes) filter (where r.key is null), 0)::float8 as "spareBytes"
         from stored_file s left join (${referred}) r on r.key = s.key`,
    );
    const { stored = 0, spare = 0, spareBytes = 0 } = totals[0] ?? {};
    const more = spare > 0 ? ` ${spare} more, of ${(spareBytes / 1e6).toFixed(1)} MB, belong to none; they do no harm.` : '';
    return [ok('files', `All ${stored - spare} that messages refer to are there.${more}`)];
  } finally {
    await client.query('drop table stored_file');
  }
}

async function* only(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}
