import type { FieldValue, Organization } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

interface Row { id: string; name: string; note: string; fields: Record<string, FieldValue>; version: number; created_at: Date; domains: string[] }
const COLUMNS = `o.id, o.name, o.note, o.fields, o.version, o.created_at, array(select d.domain from organization_domain d where d.account_id = o.account_id and d.organization_id = o.id order by d.domain) as domains`;
const shape = (row: Row): Organization => ({ id: row.id, name: row.name, domains: row.domains, note: row.note, fields: row.fields, createdAt: row.created_at.toISOString(), version: row.version });

export async function findOrganization(ctx: Ctx, id: string): Promise<Organization | undefined> {
  const [row] = await ctx.tx.named<Row>('organization_find', `select ${COLUMNS} from organization o where o.account_id = $1 and o.id = $2`, [ctx.accountId, id]);
  return row && shape(row);
}

/** By name, from behind `after`; with `prefix` (lower case) those whose name begins so. */
export async function selectOrganizations(ctx: Ctx, prefix: string, after: { name: string; id: string } | undefined, limit: number): Promise<Organization[]> {
  const rows = await ctx.tx.named<Row>(
    'organization_list',
    `select ${COLUMNS} from organization o where o.account_id = $1 and lower(o.name) >= $2 and (lower(o.name), o.id) > ($3, $4) and starts_with(lower(o.name), $2) order by lower(o.name), o.id limit $5`,
    [ctx.accountId, prefix, after?.name ?? '', after?.id ?? '00000000-0000-0000-0000-000000000000', limit],
  );
  return rows.map(shape);
}

export async function insertOrganization(ctx: Ctx, row: { id: string; name: string; note: string; fields: Record<string, FieldValue>; createdAt?: Date }): Promise<boolean> {
  const made = await ctx.tx.run('insert into organization (account_id, id, name, note, fields, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (account_id, lower(name)) do nothing returning 1', [ctx.accountId, row.id, row.name, row.note, JSON.stringify(row.fields), row.createdAt ?? ctx.clock.now()]);
  return made.length > 0;
}

/** False when another has the name. */
export async function writeOrganization(ctx: Ctx, id: string, version: number, row: { name: string; note: string; fields: Record<string, FieldValue> }): Promise<boolean> {
  const rows = await ctx.tx.run(
    `update organization o set name = $4, note = $5, fields = $6, version = version + 1 where account_id = $1 and id = $2 and version = $3
       and not exists (select from organization other where other.account_id = $1 and lower(other.name) = lower($4) and other.id <> $2) returning 1`,
    [ctx.accountId, id, version, row.name, row.note, JSON.stringify(row.fields)],
  );
  return rows.length > 0;
}

export async function lockOrganization(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.run('select 1 from organization where account_id = $1 and id = $2 for update', [ctx.accountId, id]);
}

/** Gives an organization these domains and no others; answers one that another has, if any. */
export async function writeDomains(ctx: Ctx, id: string, domains: readonly string[]): Promise<string | undefined> {
  await ctx.tx.run('delete from organization_domain where account_id = $1 and organization_id = $2 and domain <> all($3)', [ctx.accountId, id, domains]);
  await ctx.tx.run('insert into organization_domain (account_id, domain, organization_id) select $1, d, $2 from unnest($3::text[]) d order by d on conflict do nothing', [ctx.accountId, id, domains]);
  const [taken] = await ctx.tx.run<{ domain: string }>('select domain from organization_domain where account_id = $1 and domain = any($3) and organization_id <> $2 limit 1', [ctx.accountId, id, domains]);
  return taken?.domain;
}

/** Who belongs to an organization, and of whom somebody said that they do not. */
export interface Belonging {
  members: string[];
  declined: string[];
}

export async function selectBelonging(ctx: Ctx, id: string): Promise<Belonging> {
  const [row] = await ctx.tx.run<Belonging>(
    `select coalesce(array_agg(id) filter (where organization_id = $2), '{}') as members, coalesce(array_agg(id) filter (where declined_organization_id = $2), '{}') as declined
     from customer where account_id = $1 and (organization_id = $2 or declined_organization_id = $2)`,
    [ctx.accountId, id],
  );
  return row as Belonging;
}

/** Puts it back for those who have found no other since. */
export async function writeBelonging(ctx: Ctx, id: string, { members, declined }: Belonging): Promise<void> {
  await ctx.tx.run('update customer set organization_id = $2, version = version + 1 where account_id = $1 and id = any($3) and organization_id is null', [ctx.accountId, id, members]);
  await ctx.tx.run('update customer set declined_organization_id = $2 where account_id = $1 and id = any($3) and declined_organization_id is null', [ctx.accountId, id, declined]);
}

export async function deleteOrganization(ctx: Ctx, id: string): Promise<boolean> {
  await ctx.tx.run('update customer set declined_organization_id = null where account_id = $1 and declined_organization_id = $2', [ctx.accountId, id]);
  return (await ctx.tx.run('delete from organization where account_id = $1 and id = $2 returning 1', [ctx.accountId, id])).length > 0;
}
