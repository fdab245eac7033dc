import type { CustomerMerge } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

/** What a merge moved and what it filled in on the survivor. */
export interface MergeFacts {
  fromName: string;
  identityIds: string[];
  caseIds: string[];
  /** Addresses under which the merged one took part in cases, by case. */
  participations: { caseId: string; address: string }[];
  /** Addresses that were the first of their kind. */
  primaryIds: string[];
  /** What was empty on the survivor and was taken over, by column. */
  filled: Record<string, unknown>;
}
export interface MergeRow { id: string; from_customer_id: string; into_customer_id: string; by_name: string; at: Date; facts: MergeFacts; undone_at: Date | null }
const COLUMNS = 'id, from_customer_id, into_customer_id, by_name, at, facts, undone_at';
/** What a survivor takes over where it has nothing. */
const FILLABLE = ['note', 'locale', 'time_zone', 'preferred_channel', 'organization_id'] as const;

/** Locks both in one order for everybody. */
export async function lockCustomers(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.tx.run('select 1 from customer where account_id = $1 and id = any($2::uuid[]) order by id for update', [ctx.accountId, ids]);
}

/** Moves the identities. The survivor's first addresses stay the first. */
export async function moveIdentities(ctx: Ctx, fromId: string, intoId: string): Promise<{ identityIds: string[]; primaryIds: string[] }> {
  const primaries = await ctx.tx.run<{ id: string }>('update customer_identity set is_primary = false where account_id = $1 and customer_id = $2 and is_primary returning id', [ctx.accountId, fromId]);
  // Whoever has no chosen first one shows the oldest, which a merge must not change.
  await ctx.tx.run(
    `update customer_identity set is_primary = true where account_id = $1 and id in (select distinct on (kind) id from customer_identity i where account_id = $1 and customer_id = $2
       and not exists (select from customer_identity p where p.account_id = $1 and p.customer_id = $2 and p.kind = i.kind and p.is_primary) order by kind, created_at, id)`,
    [ctx.accountId, intoId],
  );
  const moved = await ctx.tx.run<{ id: string }>('update customer_identity set customer_id = $3 where account_id = $1 and customer_id = $2 returning id', [ctx.accountId, fromId, intoId]);
  return { identityIds: moved.map((row) => row.id), primaryIds: primaries.map((row) => row.id) };
}

export async function fillFrom(ctx: Ctx, fromId: string, intoId: string): Promise<Record<string, unknown>> {
  const filled: Record<string, unknown> = {};
  for (const column of FILLABLE) {
    const empty = column === 'note' ? `''` : 'null';
    const [row] = await ctx.tx.run<{ value: unknown }>(
      `update customer i set ${column} = f.${column} from customer f where i.account_id = $1 and i.id = $3 and f.account_id = $1 and f.id = $2 and i.${column} is not distinct from ${empty} and f.${column} is distinct from ${empty} returning i.${column} as value`,
      [ctx.accountId, fromId, intoId],
    );
    if (row) filled[column] = row.value;
  }
  const [fields] = await ctx.tx.run<{ added: Record<string, unknown> }>(
    `with added as (select coalesce(jsonb_object_agg(f.key, f.value), '{}') as it from customer c cross join jsonb_each(c.fields) f(key, value)
       where c.account_id = $1 and c.id = $2 and not exists (select from customer i where i.account_id = $1 and i.id = $3 and i.fields -> f.key is not null))
     update customer i set fields = i.fields || added.it from added where i.account_id = $1 and i.id = $3 and added.it <> '{}' returning added.it as added`,
    [ctx.accountId, fromId, intoId],
  );
  if (fields) filled['fields'] = fields.added;
  return filled;
}

/** Takes back what was filled in, where it is still the same. */
export async function unfill(ctx: Ctx, intoId: string, filled: Record<string, unknown>): Promise<void> {
  for (const column of FILLABLE) {
    if (!(column in filled)) continue;
    await ctx.tx.run(`update customer set ${column} = ${column === 'note' ? `''` : 'null'} where account_id = $1 and id = $2 and ${column} = $3`, [ctx.accountId, intoId, filled[column]]);
  }
  for (const [key, value] of Object.entries((filled['fields'] ?? {}) as Record<string, unknown>)) {
    await ctx.tx.run('update customer set fields = fields - $3 where account_id = $1 and id = $2 and fields -> $3 = $4::jsonb', [ctx.accountId, intoId, key, JSON.stringify(value)]);
  }
}

export async function setMergedInto(ctx: Ctx, id: string, intoId: string | null): Promise<void> {
  await ctx.tx.run('update customer set merged_into_id = $3 where account_id = $1 and id = $2', [ctx.accountId, id, intoId]);
}

export async function insertMerge(ctx: Ctx, row: { id: string; fromId: string; intoId: string; facts: MergeFacts }): Promise<void> {
  await ctx.tx.run('insert into customer_merge (account_id, id, from_customer_id, into_customer_id, by_name, at, facts) values ($1, $2, $3, $4, $5, $6, $7)', [
    ctx.accountId, row.id, row.fromId, row.intoId, ctx.actor.name, ctx.clock.now(), JSON.stringify(row.facts),
  ]);
}

export async function findMerge(ctx: Ctx, id: string): Promise<MergeRow | undefined> {
  const [row] = await ctx.tx.run<MergeRow>(`select ${COLUMNS} from customer_merge where account_id = $1 and id = $2`, [ctx.accountId, id]);
  return row;
}

export async function finishUndo(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.run('update customer_merge set undone_at = $3 where account_id = $1 and id = $2', [ctx.accountId, id, ctx.clock.now()]);
}

/** Identities that still lie where the merge put them go back. */
export async function returnIdentities(ctx: Ctx, row: MergeRow): Promise<void> {
  await ctx.tx.run('update customer_identity set customer_id = $3, is_primary = id = any($5::uuid[]) where account_id = $1 and id = any($4::uuid[]) and customer_id = $2', [ctx.accountId, row.into_customer_id, row.from_customer_id, row.facts.identityIds, row.facts.primaryIds]);
}

export async function selectMerges(ctx: Ctx, intoId: string): Promise<CustomerMerge[]> {
  const rows = await ctx.tx.run<MergeRow>(`select ${COLUMNS} from customer_merge where account_id = $1 and into_customer_id = $2 order by id desc limit 100`, [ctx.accountId, intoId]);
  return rows.map((row) => ({ id: row.id, at: row.at.toISOString(), byName: row.by_name, fromName: row.facts.fromName, identityCount: row.facts.identityIds.length, caseCount: row.facts.caseIds.length, isUndone: row.undone_at !== null }));
}

/** The name and addresses that words are made of. */
export async function selectNamed(ctx: Ctx, id: string): Promise<{ name: string; values: string[]; merged_into_id: string | null } | undefined> {
  const [row] = await ctx.tx.run<{ name: string; values: string[]; merged_into_id: string | null }>(
    'select c.name, c.merged_into_id, array(select i.value from customer_identity i where i.account_id = $1 and i.customer_id = c.id order by i.created_at, i.id) as values from customer c where c.account_id = $1 and c.id = $2', [ctx.accountId, id]);
  return row;
}
