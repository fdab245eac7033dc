import type { Ctx } from '../platform/context.ts';

export async function selectPerson(ctx: Ctx, customerId: string): Promise<{ customerIds: string[]; names: string[]; identities: { kind: string; value: string }[] } | undefined> {
  const rows = await ctx.tx.run<{ id: string; name: string }>(
    'with recursive family(id) as (select id from customer where account_id = $1 and id = $2 union select c.id from family f join customer c on c.account_id = $1 and c.merged_into_id = f.id) select c.id, c.name from family f join customer c on c.account_id = $1 and c.id = f.id',
    [ctx.accountId, customerId],
  );
  if (rows.length === 0) return undefined;
  const customerIds = rows.map((row) => row.id);
  const identities = await ctx.tx.run<{ kind: string; value: string }>('select kind, value from customer_identity where account_id = $1 and customer_id = any($2::uuid[]) order by id', [ctx.accountId, customerIds]);
  return { customerIds, names: rows.map((row) => row.name), identities };
}

export async function insertPlaceholder(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.run(`insert into customer (account_id, id, name, created_at) values ($1, $2, 'Erased person', $3) on conflict do nothing`, [ctx.accountId, id, ctx.clock.now()]);
}

export async function deleteCustomers(ctx: Ctx, customerIds: readonly string[], addresses: readonly string[]): Promise<{ customers: number; identities: number }> {
  await ctx.tx.run(`delete from blocked_sender where account_id = $1 and kind = 'address' and value = any($2)`, [ctx.accountId, addresses]);
  const identities = await ctx.tx.run('delete from customer_identity where account_id = $1 and customer_id = any($2::uuid[]) returning 1', [ctx.accountId, customerIds]);
  const customers = await ctx.tx.run('delete from customer where account_id = $1 and id = any($2::uuid[]) returning 1', [ctx.accountId, customerIds]);
  return { customers: customers.length, identities: identities.length };
}
