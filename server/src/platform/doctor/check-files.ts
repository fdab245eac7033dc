import type pg from 'pg';
import { copyIn } from '../backup/copy-stream.ts';
import { fileKeysQuery } from '../backup/tables.ts';
import type { Files } from '../files/index.ts';
import { allNamedQuery } from '../files/named.ts';
import { GRACE_MS } from '../files/sweep.ts';
import { markOf, OWNER_QUERY, ownersOf } from '../files/whose-store.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const SHOWN = 5;
const BATCH = 5_000;

/** The listing of the store as lines for COPY, `BATCH` files at a time. */
async function* listing(files: Files): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  for await (const { key, bytes, putAt } of files.list()) {
    lines.push(`${key}\t${bytes}\t${putAt.toISOString()}\n`);
    if (lines.length < BATCH) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

/**
 * Compares the file store with the rows that refer to it. The listing goes into a temporary table, so that millions of files need no memory here; batch by batch,
 * because a transaction that writes and lasts holds back the events of the running product.
 */
export async function checkFiles(client: pg.Client, files: Files): Promise<Finding[]> {
  await client.query('create temporary table stored_file (key text not null, bytes bigint not null, put_at timestamptz not null)');
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
    const { rows: there } = await client.query<{ count: number }>(`select count(*)::int as count from (${referred}) r`);
    return [ok('files', `All ${there[0]?.count ?? 0} that messages refer to are there.`), ...(await checkOrphans(client, files))];
  } finally {
    await client.query('drop table stored_file');
  }
}

/** What the weekly sweep would find, by the same rules, without touching it. */
async function checkOrphans(client: pg.Client, files: Files): Promise<Finding[]> {
  const check = 'orphaned files';
  const { rows: owner } = await client.query<{ owner: string }>(OWNER_QUERY);
  const mark = markOf(owner[0]?.owner ?? '');
  const others = (await ownersOf(files)).filter((key) => key !== mark);
  if (others.length > 0) {
    return [warning(check, 'Another database looks after this file store, so nothing is cleared away in it.', `Give each installation a store or a prefix of its own (RAPPORT_FILES). If this database has taken the place of that one, as after a restore, delete ${others.join(', ')} from the store.`)];
  }
  const { rows } = await client.query<{ count: number; bytes: number }>(
    `select count(*)::int as count, coalesce(sum(s.bytes), 0)::float8 as bytes from stored_file s left join (${allNamedQuery}) n on n.key = s.key
      where n.key is null and s.put_at < $1 and exists (select from account a where a.id::text = split_part(s.key, '/', 1))`,
    [new Date(Date.now() - GRACE_MS)],
  );
  const { count = 0, bytes = 0 } = rows[0] ?? {};
  return [ok(check, count === 0 ? 'There are none.' : `${count}, of ${(bytes / 1e6).toFixed(1)} MB, belong to nothing any more. They go in the night to Sunday.`)];
}

async function* only(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}
