import type { Tx } from './index.ts';

export interface TextColumn {
  schema: string;
  table: string;
  column: string;
  type: 'text' | 'text[]' | 'jsonb';
  hasAccount: boolean;
}

/** Every column of every table in which text can stand, new tables included; generated ones follow by themselves. The job queue's tables are looked at too. */
export async function textColumns(tx: Tx): Promise<TextColumn[]> {
  return tx.run<TextColumn>(
    `select n.nspname as schema, c.relname as table, a.attname as column, case t.typname when '_text' then 'text[]' when 'jsonb' then 'jsonb' else 'text' end as type,
       exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'account_id' and not o.attisdropped) as "hasAccount"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' join pg_type t on t.oid = a.atttypid
     where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition and t.typname in ('text', 'varchar', '_text', 'jsonb') order by 1, 2, 3`,
  );
}

const name = (column: TextColumn): string => `"${column.schema}"."${column.table}"`;

/** A pattern for a whole address: not within a longer one, in small or large letters. */
export function wholeWord(address: string): string {
  const escaped = address.replace(/[^A-Za-z0-9@\s]/g, (sign) => `\\${sign}`);
  return `(?<![[:alnum:]._%+-])${escaped}(?![[:alnum:]_-]|\\.[[:alnum:]])`;
}

const condition = (column: TextColumn): string => `"${column.column}"::text ~* $1`;

/** How many rows of a column have the pattern, in the account, or anywhere for tables that belong to no account. */
export async function countRows(tx: Tx, column: TextColumn, accountId: string, pattern: string): Promise<number> {
  const [row] = await tx.run<{ count: number }>(`select count(*) as count from ${name(column)} where ${condition(column)}${column.hasAccount ? ' and account_id = $2' : ''}`, column.hasAccount ? [pattern, accountId] : [pattern]);
  return row?.count ?? 0;
}

/** Puts `instead` in the place of the pattern; answers in how many rows. Only for tables of an account. */
export async function replaceText(tx: Tx, column: TextColumn, accountId: string, pattern: string, instead: string): Promise<number> {
  const rows = await tx.run(`update ${name(column)} set "${column.column}" = regexp_replace("${column.column}"::text, $1, $3, 'gi')::${column.type} where ${condition(column)} and account_id = $2 returning 1`, [pattern, accountId, instead]);
  return rows.length;
}
