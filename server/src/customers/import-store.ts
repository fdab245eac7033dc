import type { Ctx } from '../platform/context.ts';
import type { IdentityKind } from './identity.ts';

export interface FoundIdentity { kind: IdentityKind; value: string; id: string; name: string }

/** Whose these addresses are. They are held until the transaction ends, as where one is looked up. */
export function selectByIdentities(ctx: Ctx, asked: readonly { kind: IdentityKind; value: string }[]): Promise<FoundIdentity[]> {
  return ctx.tx.named(
    'import_identities',
    `select i.kind, i.value, c.id, c.name from jsonb_to_recordset($2) a(kind text, value text) join customer_identity i on i.account_id = $1 and i.kind = a.kind and i.value = a.value
     join customer c on c.account_id = i.account_id and c.id = i.customer_id order by i.kind, i.value for share of i`,
    [ctx.accountId, JSON.stringify(asked)],
  );
}

export interface NewImported {
  id: string; identityId: string; kind: IdentityKind; value: string; name: string; words: string; note: string; locale: string | null; organizationId: string | null; createdAt: Date;
}

/** Makes customers, each with one address; leaves out those whose address somebody took at the same moment. Answers the ids of those that were made. */
export async function insertImported(ctx: Ctx, importId: string, rows: readonly NewImported[]): Promise<string[]> {
  const made = await ctx.tx.named<{ id: string }>(
    'import_customers',
    `with n as materialized (select * from jsonb_to_recordset($3) n(id uuid, "identityId" uuid, kind text, value text, name text, words text, note text, locale text, "organizationId" uuid, "createdAt" timestamptz)),
     identity as (insert into customer_identity (account_id, id, customer_id, kind, value, created_at) select $1, n."identityId", n.id, n.kind, n.value, n."createdAt" from n order by n.kind, n.value on conflict (account_id, kind, value) do nothing returning customer_id)
     insert into customer (account_id, id, name, search_text, note, locale, organization_id, created_at, import_id) select $1, n.id, n.name, n.words, n.note, n.locale, n."organizationId", n."createdAt", $2 from n join identity i on i.customer_id = n.id returning id`,
    [ctx.accountId, importId, JSON.stringify(rows)],
  );
  return made.map((row) => row.id);
}

/** Further addresses, as far as nobody has them. */
export async function insertFurther(ctx: Ctx, rows: readonly { id: string; customerId: string; kind: IdentityKind; value: string; createdAt: Date }[]): Promise<void> {
  await ctx.tx.named(
    'import_further_identities',
    `insert into customer_identity (account_id, id, customer_id, kind, value, created_at) select $1, n.id, n."customerId", n.kind, n.value, n."createdAt"
     from jsonb_to_recordset($2) n(id uuid, "customerId" uuid, kind text, value text, "createdAt" timestamptz) order by n.kind, n.value on conflict (account_id, kind, value) do nothing`,
    [ctx.accountId, JSON.stringify(rows)],
  );
}

export async function insertLikeness(ctx: Ctx, rows: readonly { key: string; customerId: string }[]): Promise<void> {
  await ctx.tx.named('import_likeness', 'insert into customer_likeness (account_id, key, customer_id) select $1, n.key, n."customerId" from jsonb_to_recordset($2) n(key text, "customerId" uuid) order by n.key, n."customerId" on conflict do nothing', [ctx.accountId, JSON.stringify(rows)]);
}

/** The organizations of these names, made where there are none. Answers ids by the name in small letters. */
export async function organizationsNamed(ctx: Ctx, named: readonly { id: string; name: string }[]): Promise<Map<string, string>> {
  await ctx.tx.named(
    'import_organizations',
    `insert into organization (account_id, id, name, created_at) select $1, n.id, n.name, $3 from jsonb_to_recordset($2) n(id uuid, name text) order by lower(n.name) on conflict (account_id, lower(name)) do nothing`,
    [ctx.accountId, JSON.stringify(named), ctx.clock.now()],
  );
  const rows = await ctx.tx.named<{ id: string; name: string }>('import_organization_ids', 'select id, lower(name) as name from organization where account_id = $1 and lower(name) in (select lower(n) from unnest($2::text[]) n)', [ctx.accountId, named.map((one) => one.name)]);
  return new Map(rows.map((row) => [row.name, row.id]));
}

export async function countImported(ctx: Ctx, importId: string): Promise<number> {
  const [row] = await ctx.tx.run<{ count: number }>(`select count(*) as count from customer c where c.account_id = $1 and c.import_id = $2 and not exists (select from cases k where k.account_id = $1 and k.customer_id = c.id and k.import_id is distinct from $2)`, [ctx.accountId, importId]);
  return row?.count ?? 0;
}

/** Takes away some of the customers an import made, but for those who have a case or stand in another's place. Answers the last id looked at; undefined when there are no more. */
export async function deleteImported(ctx: Ctx, importId: string, after: string, limit: number): Promise<string | undefined> {
  const found = await ctx.tx.run<{ id: string }>('select id from customer where account_id = $1 and import_id = $2 and id > $3 order by id limit $4', [ctx.accountId, importId, after, limit]);
  const ids = found.map((row) => row.id);
  await ctx.tx.run(
    `delete from customer c where c.account_id = $1 and c.id = any($2) and not exists (select from cases k where k.account_id = c.account_id and k.customer_id = c.id)
     and not exists (select from customer m where m.account_id = c.account_id and m.merged_into_id = c.id)`,
    [ctx.accountId, ids],
  );
  return ids.at(-1);
}
