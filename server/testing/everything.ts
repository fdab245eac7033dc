import type { TestHouse } from './test-house.ts';

/** Every row of every table of the product but `except`, bytes in plain letters where they are some, in lower case. */
export async function everyRow(house: TestHouse, except: readonly string[] = []): Promise<string> {
  const tables = await house.platform.database.asSystem((tx) => tx.run<{ name: string; bytes: string[] }>(
    `select c.oid::regclass::text as name, array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.atttypid = 'bytea'::regtype) as bytes from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1::text[])`, [except]));
  const parts = await Promise.all(tables.map(({ name, bytes }) => house.platform.database.asSystem((tx) => tx.run<{ all: string | null }>(`select string_agg(concat_ws(' ', t::text${bytes.map((column) => `, encode(t.${column}, 'escape')`).join('')}), E'\\n') as all from ${name} t`))));
  return parts.map(([row], i) => `${tables[i]?.name}\n${row?.all ?? ''}`).join('\n').toLowerCase();
}

/** The bytes of every stored file of the account; one that goes meanwhile has none. */
export async function everyFile(house: TestHouse): Promise<string> {
  const parts: string[] = [];
  for await (const { key } of house.platform.files.list(house.accountId)) parts.push((await house.platform.files.read(key).catch(() => Buffer.alloc(0))).toString('latin1'));
  return parts.join('\n').toLowerCase();
}
