import type { CaseField, CaseKind, FieldType, FieldValue } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

interface Row {
  id: string; name: string; type: FieldType; options: CaseField['options']; currency: string | null; kinds: CaseKind[]; is_required: boolean; is_retired: boolean; version: number;
}

const COLUMNS = 'id, name, type, options, currency, kinds, is_required, is_retired, version';
const fieldOf = (row: Row): CaseField => ({ id: row.id, name: row.name, type: row.type, options: row.options, currency: row.currency, kinds: row.kinds, isRequired: row.is_required, isRetired: row.is_retired, version: row.version });

/** All fields of the account in their order; they are few. */
export async function selectFields(ctx: Ctx): Promise<CaseField[]> {
  const rows = await ctx.tx.named<Row>('field_list', `select ${COLUMNS} from case_field where account_id = $1 order by position, id`, [ctx.accountId]);
  return rows.map(fieldOf);
}

/** Fields are defined one after the other, so that two made at once do not get one place. */
export async function lockFields(ctx: Ctx): Promise<void> {
  await ctx.tx.run('select pg_advisory_xact_lock(hashtext($1))', [`case_field ${ctx.accountId}`]);
}

export async function insertField(ctx: Ctx, field: CaseField): Promise<void> {
  await ctx.tx.run(
    `insert into case_field (account_id, id, name, type, options, currency, kinds, is_required, position, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, coalesce(max(position), 0) + 1, $9 from case_field where account_id = $1`,
    [ctx.accountId, field.id, field.name, field.type, JSON.stringify(field.options), field.currency, field.kinds, field.isRequired, ctx.clock.now()],
  );
}

export async function writeField(ctx: Ctx, field: CaseField): Promise<void> {
  await ctx.tx.run('update case_field set name = $3, options = $4, currency = $5, kinds = $6, is_required = $7, is_retired = $8, version = $9 where account_id = $1 and id = $2', [
    ctx.accountId, field.id, field.name, JSON.stringify(field.options), field.currency, field.kinds, field.isRequired, field.isRetired, field.version,
  ]);
}

export async function writeFieldOrder(ctx: Ctx, fieldIds: readonly string[]): Promise<void> {
  await ctx.tx.run('update case_field f set position = o.place from unnest($2::uuid[]) with ordinality o(id, place) where f.account_id = $1 and f.id = o.id', [ctx.accountId, fieldIds]);
}

export async function deleteField(ctx: Ctx, fieldId: string): Promise<void> {
  await ctx.tx.run('delete from case_field where account_id = $1 and id = $2', [ctx.accountId, fieldId]);
}

/** Whether any case has a value for the field, or one of these values. */
export async function isFieldUsed(ctx: Ctx, field: CaseField, keys: readonly string[] | null): Promise<boolean> {
  const [row] = await ctx.tx.run<{ used: boolean }>('select exists (select from case_field_value where account_id = $1 and field_id = $2 and ($3::text[] is null or value_key = any($3))) as used', [ctx.accountId, field.id, keys]);
  return row?.used ?? false;
}

export interface StoredValue {
  field_id: string;
  value: FieldValue;
  value_key: string;
}

export function selectValues(ctx: Ctx, caseId: string): Promise<StoredValue[]> {
  return ctx.tx.named<StoredValue>('field_values', 'select field_id, value, value_key from case_field_value where account_id = $1 and case_id = $2', [ctx.accountId, caseId]);
}

/** The values that cases have for some fields. */
export function selectValuesOf(ctx: Ctx, caseIds: readonly string[], fieldIds: readonly string[]): Promise<{ case_id: string; field_id: string; value: FieldValue }[]> {
  return ctx.tx.named('field_values_of', 'select case_id, field_id, value from case_field_value where account_id = $1 and case_id = any($2::uuid[]) and field_id = any($3::uuid[])', [ctx.accountId, caseIds, fieldIds]);
}

export async function writeValues(ctx: Ctx, caseId: string, set: readonly { fieldId: string; value: FieldValue; key: string }[], removed: readonly string[]): Promise<void> {
  if (removed.length > 0) await ctx.tx.run('delete from case_field_value where account_id = $1 and case_id = $2 and field_id = any($3::uuid[])', [ctx.accountId, caseId, removed]);
  if (set.length === 0) return;
  await ctx.tx.run(
    `insert into case_field_value (account_id, case_id, field_id, value, value_key) select $1, $2, v."fieldId", v.value, v.key from jsonb_to_recordset($3) v("fieldId" uuid, value jsonb, key text)
     on conflict (account_id, case_id, field_id) do update set value = excluded.value, value_key = excluded.value_key`,
    [ctx.accountId, caseId, JSON.stringify(set)],
  );
}
