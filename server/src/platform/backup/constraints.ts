import type pg from 'pg';
import { quoted } from './tables.ts';

/**
 * Takes down what would only be in the way while rows are loaded (foreign keys, indexes that enforce nothing, and the schema's own triggers, whose work the
 * rows already show) and returns a function that puts all of it back. Building an index once is quicker than feeding it row by row, and foreign keys put
 * back afterwards are checked over the whole table, in whatever order the tables came. Inside one transaction, so that nobody ever sees the schema without.
 */
export async function takeDownConstraints(client: pg.Client, tables: string[]): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select r.relname as table, c.conname as name, pg_get_constraintdef(c.oid) as definition from pg_constraint c join pg_class r on r.oid = c.conrelid
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0 order by 1, 2`,
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.relname as name, pg_get_indexdef(i.oid) as definition from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class r on r.oid = x.indrelid
      where i.relnamespace = 'public'::regnamespace and r.relname = any($1) and not x.indisunique and not x.indisexclusion and i.relkind in ('i', 'I') and not i.relispartition
        and not exists (select from pg_constraint c where c.conindid = i.oid) order by 1`,
    [tables],
  );
  const { rows: triggers } = await client.query<{ table: string; name: string }>(
    `select r.relname as table, t.tgname as name from pg_trigger t join pg_class r on r.oid = t.tgrelid
      where r.relnamespace = 'public'::regnamespace and r.relname = any($1) and not t.tgisinternal and t.tgenabled = 'O' order by 1, 2`,
    [tables],
  );
  for (const { table, name } of keys) await client.query(`alter table ${quoted(table)} drop constraint ${quoted(name)}`);
  for (const { name } of indexes) await client.query(`drop index ${quoted(name)}`);
  for (const { table, name } of triggers) await client.query(`alter table ${quoted(table)} disable trigger ${quoted(name)}`);

  return async () => {
    // Definitions come out of the catalogue with their schema, or without when it is on the search path; both are understood.
    for (const { definition } of indexes) await client.query(definition);
    for (const { table, name, definition } of keys) await client.query(`alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`);
    for (const { table, name } of triggers) await client.query(`alter table ${quoted(table)} enable trigger ${quoted(name)}`);
  };
}
