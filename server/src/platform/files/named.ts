import type { Tx } from '../database/index.ts';

/**
 * Where rows name stored files they need; a test holds this list and the schema together. An erasure also remembers files, but those it is about to delete.
 * The large tables have an index for it.
 */
export const namingColumns = { entry: 'raw_key', ledger: 'raw_key', attachment: 'file_key', chat_file: 'file_key', import_part: 'file_key', customer_export: 'part_keys' } as const;

/** An archive that nobody can fetch any more needs its pieces no longer; its row names them until they are cleared away. */
const condition = (table: string) => (table === 'customer_export' ? ` and state in ('waiting', 'running', 'ready')` : '');

const parts = Object.entries(namingColumns).map(([table, column]) => (column.endsWith('s') ? `select unnest(${column}) as key from ${table} where ${column} && $1::text[]${condition(table)}` : `select ${column} as key from ${table} where ${column} = any($1::text[])`));

/** Those of the stored files that a row still names; in a transaction of an account a row of that account. */
export async function selectNamed(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  return new Set((await tx.run<{ key: string }>(parts.join(' union all '), [keys])).map((row) => row.key));
}

/** A query for the keys of all files that rows name. */
export const allNamedQuery = Object.entries(namingColumns).map(([table, column]) => `select ${column.endsWith('s') ? `unnest(${column})` : column} as key from ${table}`).join(' union ');
