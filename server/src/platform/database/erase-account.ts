import type { Database, Tx } from './index.ts';

/** Tables whose rows belong to an account, those that others point to last. */
async function accountTables(tx: Tx): Promise<string[]> {
  const tables = await tx.run<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
     where n.nspname = 'public' and c.relkind in ('r', 'p')`,
  );
  const links = await tx.run<{ from: string; to: string }>(
    `select f.relname as "from", t.relname as "to" from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid where k.contype = 'f' and f.oid <> t.oid`,
  );
  const left = new Set(tables.map((table) => table.name));
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter((name) => !links.some((link) => link.to === name && left.has(link.from))).sort();
    if (free.length === 0) throw new Error('Tables point to each other in a circle.');
    for (const name of free) {
      order.push(name);
      left.delete(name);
    }
  }
  return order;
}

/**
 * Removes an account with everything in it, as if it had never been; sign-ins that belong to no other account go with it. Stored files are the caller's to remove.
 * One transaction: all or nothing.
 */
export async function eraseAccount(database: Database, accountId: string): Promise<void> {
  await database.asSystem(async (tx) => {
    const logins = await tx.run<{ id: string }>('select login_id as id from agent where account_id = $1 and login_id is not null', [accountId]);
    const tables = await accountTables(tx);
    // Twice, because triggers write down what is removed (the tallies) in tables that may have had their turn.
    for (const table of [...tables, ...tables]) await tx.run(`delete from "${table}" where account_id = $1`, [accountId]);
    await tx.run('delete from account where id = $1', [accountId]);
    await tx.run('delete from login l where l.id = any($1) and not exists (select from agent where login_id = l.id)', [logins.map((login) => login.id)]);
  });
}
