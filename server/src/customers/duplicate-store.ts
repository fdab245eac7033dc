import type { Likeness } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

export interface Subject { id: string; name: string; merged_into_id: string | null; identities: { kind: 'email' | 'phone'; value: string }[] }

export async function selectSubject(ctx: Ctx, customerId: string): Promise<Subject | undefined> {
  const [row] = await ctx.tx.named<Subject>(
    'likeness_subject',
    `select c.id, c.name, c.merged_into_id, coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value)) from customer_identity i where i.account_id = c.account_id and i.customer_id = c.id), '[]') as identities
     from customer c where c.account_id = $1 and c.id = $2`,
    [ctx.accountId, customerId],
  );
  return row;
}

export async function writeLikeness(ctx: Ctx, customerId: string, keys: readonly string[]): Promise<void> {
  await ctx.tx.named('likeness_clear', 'delete from customer_likeness where account_id = $1 and customer_id = $2 and key <> all($3)', [ctx.accountId, customerId, keys]);
  await ctx.tx.named('likeness_write', 'insert into customer_likeness (account_id, key, customer_id) select $1, key, $2 from unnest($3::text[]) key order by key on conflict do nothing', [ctx.accountId, customerId, keys]);
}

/** Others with one of the keys; no more than `limit` of each key, because a key that many share says nothing. */
export function selectAlike(ctx: Ctx, customerId: string, keys: readonly string[], limit: number): Promise<{ key: string; other: string }[]> {
  return ctx.tx.named(
    'likeness_others',
    `select wanted.key, l.customer_id as other from unnest($3::text[]) wanted(key) cross join lateral (
       select customer_id from customer_likeness where account_id = $1 and key = wanted.key and customer_id <> $2 order by customer_id limit $4) l`,
    [ctx.accountId, customerId, keys, limit],
  );
}

/** Replaces what is suggested for a customer, except what somebody decided. `same_thread` is found elsewhere and stays. */
export async function writeSuggestions(ctx: Ctx, customerId: string, found: readonly { other: string; reasons: readonly Likeness[] }[]): Promise<void> {
  await ctx.tx.named(
    'duplicates_clear',
    `with own as (select first_id, second_id, array(select r from unnest(reasons) r where r = 'same_thread') as left_over from customer_duplicate
        where account_id = $1 and (first_id = $2 or second_id = $2) and dismissed_at is null and (case when first_id = $2 then second_id else first_id end) <> all($3::uuid[])),
      gone as (delete from customer_duplicate d using own where d.account_id = $1 and d.first_id = own.first_id and d.second_id = own.second_id and own.left_over = '{}')
     update customer_duplicate d set reasons = own.left_over from own where d.account_id = $1 and d.first_id = own.first_id and d.second_id = own.second_id and own.left_over <> '{}'`,
    [ctx.accountId, customerId, found.map((one) => one.other)],
  );
  for (const { other, reasons } of found) await suggest(ctx, customerId, other, reasons);
}

export async function suggest(ctx: Ctx, one: string, other: string, reasons: readonly Likeness[]): Promise<void> {
  await ctx.tx.named(
    'duplicate_write',
    `insert into customer_duplicate (account_id, first_id, second_id, reasons, found_at) values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4, $5)
     on conflict (account_id, first_id, second_id) do update set reasons = (select array_agg(distinct r order by r) from unnest(customer_duplicate.reasons || excluded.reasons) r)`,
    [ctx.accountId, one, other, reasons, ctx.clock.now()],
  );
}

export function selectDuplicates(ctx: Ctx, customerId: string, limit: number): Promise<{ other: string; reasons: Likeness[] }[]> {
  return ctx.tx.named(
    'duplicate_list',
    `select case when d.first_id = $2 then d.second_id else d.first_id end as other, d.reasons from customer_duplicate d join customer c on c.account_id = $1 and c.id = (case when d.first_id = $2 then d.second_id else d.first_id end)
     where d.account_id = $1 and (d.first_id = $2 or d.second_id = $2) and d.dismissed_at is null and c.merged_into_id is null order by d.found_at desc, other limit $3`,
    [ctx.accountId, customerId, limit],
  );
}

export async function dismiss(ctx: Ctx, one: string, other: string): Promise<boolean> {
  const rows = await ctx.tx.run('update customer_duplicate set dismissed_at = $4 where account_id = $1 and first_id = least($2::uuid, $3::uuid) and second_id = greatest($2::uuid, $3::uuid) returning 1', [ctx.accountId, one, other, ctx.clock.now()]);
  return rows.length > 0;
}
