import type { Ctx } from '../../platform/context.ts';

/** The address a customer is first known by. */
export async function findCustomerAddress(ctx: Ctx, customerId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ value: string }>(
    'split_customer_address',
    `select value from customer_identity where account_id = $1 and customer_id = $2 and kind = 'email' order by is_primary desc, created_at, id limit 1`,
    [ctx.accountId, customerId],
  );
  return row?.value;
}
