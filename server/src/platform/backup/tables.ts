import type pg from 'pg';

/** A table as a backup sees it. */
export interface Table {
  name: string;
  /** In their own order. Without generated columns, which the target works out itself, and without transaction ids. */
  columns: string[];
  /** As the planner guesses; for showing progress. */
  estimatedRows: number;
}

/**
 * Tables whose rows mean nothing anywhere else. Every other table of the schema is copied, also those that do not exist yet; unlogged ones are not,
 * their rows are lost in every crash anyway.
 */
const NOT_COPIED = new Map([
  ['migration', 'the manifest says which migrations the rows fit, and restoring applies them'],
  ['event_relay', 'a position among transaction ids of the old cluster; restoring sets a new one'],
  ['lease', 'held by processes of the old installation'],
]);

/** Quotes a name for use in a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The tables to copy, by name. Transaction ids (`xid8`) are left out everywhere: their values belong to one cluster. */
export async function tablesToCopy(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name, greatest(c.reltuples, 0)::float8 as "estimatedRows",
            array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '' and a.atttypid <> 'xid8'::regtype) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
        and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
      group by c.oid, c.relname, c.reltuples order by c.relname`,
  );
  return rows.filter((table) => !NOT_COPIED.has(table.name));
}

export function copyOutStatement(table: Pick<Table, 'name' | 'columns'>): string {
  return `copy (select ${table.columns.map(quoted).join(', ')} from ${quoted(table.name)}) to stdout (format binary)`;
}

// The table was emptied in this transaction, so its rows can be written as old ones (`freeze`): nobody has to come back for them later.
export function copyInStatement(table: Pick<Table, 'name' | 'columns'>): string {
  return `copy ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) from stdin (format binary, freeze)`;
}

/**
 * A query for the keys of all files that rows refer to, each once and in order. A column that holds a key ends in `_key` and its value has the shape of
 * one; a new column of that kind is found without anybody remembering it here.
 */
export async function fileKeysQuery(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'text'::regtype and a.attname like '%\\_key'
      order by 1, 2`,
  );
  const shape = '^[0-9a-f-]{36}/[0-9a-f]{2}/[0-9a-f]{64}$';
  const parts = rows.map(({ table, column }) => `select ${quoted(column)} as key from ${quoted(table)} where ${quoted(column)} ~ '${shape}'`);
  return parts.length === 0 ? 'select null::text as key where false' : `select key from (${parts.join(' union ')}) referred order by key`;
}
