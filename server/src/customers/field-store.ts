import type { CustomerField, FieldType } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

interface Row { id: string; subject: CustomerField['subject']; name: string; type: FieldType; options: CustomerField['options']; currency: string | null; is_retired: boolean; version: number }
const fieldOf = (row: Row): CustomerField => ({ id: row.id, subject: row.subject, name: row.name, type: row.type, options: row.options, currency: row.currency, isRetired: row.is_retired, version: row.version });

export async function selectCustomerFields(ctx: Ctx): Promise<CustomerField[]> {
  const rows = await ctx.tx.named<Row>('customer_field_list', 'select id, subject, name, type, options, currency, is_retired, version from customer_field where account_id = $1 order by position, id', [ctx.accountId]);
  return rows.map(fieldOf);
}

/** Fields are defined one after the other, so that two made at once do not get one place. */
export async function lockCustomerFields(ctx: Ctx): Promise<void> {
  await ctx.tx.run('select pg_advisory_xact_lock(hashtext($1))', [`customer_field ${ctx.accountId}`]);
}

export async function insertCustomerField(ctx: Ctx, field: CustomerField): Promise<void> {
  await ctx.tx.run(
    `insert into customer_field (account_id, id, subject, name, type, options, currency, position, created_at) select $1, $2, $3, $4, $5, $6, $7, coalesce(max(position), 0) + 1, $8 from customer_field where account_id = $1`,
    [ctx.accountId, field.id, field.subject, field.name, field.type, JSON.stringify(field.options), field.currency, ctx.clock.now()],
  );
}

export async function writeCustomerField(ctx: Ctx, field: CustomerField): Promise<void> {
  await ctx.tx.run('update customer_field set name = $3, options = $4, currency = $5, is_retired = $6, version = $7 where account_id = $1 and id = $2', [
    ctx.accountId, field.id, field.name, JSON.stringify(field.options), field.currency, field.isRetired, field.version,
  ]);
}

export async function deleteCustomerField(ctx: Ctx, fieldId: string): Promise<void> {
  await ctx.tx.run('delete from customer_field where account_id = $1 and id = $2', [ctx.accountId, fieldId]);
}

/** Whether anybody has a value for the field, or one of these options. Reads all of them: it is asked when an admin removes something. */
export async function isCustomerFieldUsed(ctx: Ctx, field: CustomerField, optionIds: readonly string[] | null): Promise<boolean> {
  const table = field.subject === 'customer' ? 'customer' : 'organization';
  const [row] = await ctx.tx.run<{ used: boolean }>(`select exists (select from ${table} where account_id = $1 and fields -> $2 is not null and ($3::text[] is null or fields ->> $2 = any($3))) as used`, [ctx.accountId, field.id, optionIds]);
  return row?.used ?? false;
}
