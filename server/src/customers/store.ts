import type { Customer, FieldValue } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import type { IdentityKind } from './identity.ts';

/** The address is held until the transaction ends, so that what is written for its customer cannot land on one who is being merged into another. */
export async function findByIdentity(ctx: Ctx, kind: IdentityKind, value: string): Promise<{ id: string; name: string } | undefined> {
  const [row] = await ctx.tx.named<{ id: string; name: string }>(
    'customer_by_identity',
    'select c.id, c.name from customer_identity i join customer c on c.account_id = i.account_id and c.id = i.customer_id where i.account_id = $1 and i.kind = $2 and i.value = $3 for share of i',
    [ctx.accountId, kind, value],
  );
  return row;
}

export interface NewCustomer {
  id: string;
  identityId: string;
  name: string;
  kind: IdentityKind;
  value: string;
  words: string;
  isDemo: boolean;
}

/** False when somebody else has the identity; then nothing is written. The identity comes first, because it is what two writers would fight for. */
export async function insertWithIdentity(ctx: Ctx, row: NewCustomer): Promise<boolean> {
  const written = await ctx.tx.named<{ id: string }>(
    'customer_insert',
    `with identity as (
       insert into customer_identity (account_id, id, customer_id, kind, value, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (account_id, kind, value) do nothing returning customer_id
     )
     insert into customer (account_id, id, name, search_text, is_demo, created_at) select $1, customer_id, $7, $8, $9, $6 from identity returning id`,
    [ctx.accountId, row.identityId, row.id, row.kind, row.value, ctx.clock.now(), row.name, row.words, row.isDemo],
  );
  return written.length > 0;
}

interface CustomerRow {
  id: string;
  name: string;
  note: string;
  locale: string | null;
  time_zone: string | null;
  preferred_channel: 'email' | 'phone' | null;
  contact_permission: Customer['contactPermission'];
  fields: Record<string, FieldValue>;
  organization: { id: string; name: string } | null;
  suggested: { id: string; name: string } | null;
  version: number;
  created_at: Date;
  identities: { id: string; kind: IdentityKind; value: string; isVerified: boolean; isPrimary: boolean }[];
  case_count: number;
}

// Counting stops at a thousand: a customer with more is an address that many write from.
const CUSTOMER = `c.id, c.name, c.note, c.locale, c.time_zone, c.preferred_channel, c.contact_permission, c.fields, c.version, c.created_at,
  (select jsonb_build_object('id', o.id, 'name', o.name) from organization o where o.account_id = c.account_id and o.id = c.organization_id) as organization,
  case when c.organization_id is null then (select jsonb_build_object('id', o.id, 'name', o.name) from customer_identity i join organization_domain d on d.account_id = i.account_id and d.domain = split_part(i.value, '@', 2)
    join organization o on o.account_id = d.account_id and o.id = d.organization_id where i.account_id = c.account_id and i.customer_id = c.id and i.kind = 'email' and o.id is distinct from c.declined_organization_id order by i.created_at limit 1) end as suggested,
  coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'isVerified', i.verified_at is not null, 'isPrimary', i.is_primary) order by i.is_primary desc, i.created_at, i.id)
    from customer_identity i where i.account_id = c.account_id and i.customer_id = c.id), '[]') as identities,
  (select count(*) from (select from cases k where k.account_id = c.account_id and k.customer_id = c.id and k.merged_into_id is null and k.removed_as is null and case_in_scope($2, $3, $4, k.assignee_id, k.team_id) limit 1000) counted) as case_count`;

// Where nobody chose, the oldest of a kind is the first one; they come in that order.
const withPrimary = (all: CustomerRow['identities']): Customer['identities'] => all.map((one) => ({ ...one, isPrimary: all.find((other) => other.kind === one.kind)?.id === one.id }));

const shape = (row: CustomerRow): Customer => ({
  id: row.id, name: row.name, identities: withPrimary(row.identities), note: row.note, locale: row.locale, timeZone: row.time_zone, preferredChannel: row.preferred_channel, contactPermission: row.contact_permission,
  organization: row.organization, suggestedOrganization: row.suggested, fields: row.fields, caseCount: row.case_count, createdAt: row.created_at.toISOString(), version: row.version,
});
const readerValues = (ctx: Ctx, reader: CaseReader) => [ctx.accountId, reader.scope, reader.agentId, reader.teamIds];

/** Who is left of a customer that was merged, however often; its own id when it was not. */
const SURVIVOR = (id: string) => `(with recursive up(id, into_id) as (select id, merged_into_id from customer where account_id = $1 and id = ${id}
  union all select n.id, n.merged_into_id from up join customer n on n.account_id = $1 and n.id = up.into_id) select id from up where into_id is null)`;

export async function findCustomer(ctx: Ctx, reader: CaseReader, id: string): Promise<Customer | undefined> {
  const [row] = await ctx.tx.named<CustomerRow>('customer_find', `select ${CUSTOMER} from customer c where c.account_id = $1 and c.id = ${SURVIVOR('$5')}`, [...readerValues(ctx, reader), id]);
  return row && shape(row);
}

/** A value of an own field as it is looked for: texts without regard to case and accents, all else as it stands. */
export interface WantedValue {
  fieldId: string;
  isText: boolean;
  value: FieldValue;
}
export interface WantedCustomers {
  /** A query of words; undefined for all. */
  words: string | undefined;
  organizationId: string | undefined;
  isBlocked: boolean | undefined;
  fields: readonly WantedValue[];
}

// The blocks of `whyBlocked`: of the address itself, its domain or one above it, in force now, and never of a colleague. `offset 0` keeps each look at one customer's addresses and at one block by the
// index; turned into a join, all addresses would be compared with all blocks.
const BLOCKED = (now: string) => `exists (select from customer_identity i
  cross join lateral (select 'address' as kind, i.value union all select 'domain', array_to_string(part[n:], '.') from (select string_to_array(split_part(i.value, '@', 2), '.') as part) whole, generate_series(1, cardinality(part) - 1) n) as may(kind, value)
  where i.account_id = $1 and i.customer_id = looked.id and i.kind = 'email'
    and exists (select from blocked_sender b where b.account_id = $1 and b.kind = may.kind and b.value = may.value and (b.expires_at is null or b.expires_at > ${now}) offset 0)
    and not exists (select from agent a where a.account_id = $1 and lower(a.email) = i.value offset 0) offset 0)`;

/**
 * Looks at the next `size` customers below `before`, newest first, and gives those that are wanted, at most `limit`. `end` is the last that was looked at, when there may be more behind it. One filter is read
 * by an index, the words or else the organization; the others are looked at one by one, so the cost is that of `size` and not of how many customers there are.
 */
export async function selectWanted(ctx: Ctx, reader: CaseReader, wanted: WantedCustomers, before: string, size: number, limit: number): Promise<{ found: Customer[]; end: string | undefined }> {
  const values: unknown[] = readerValues(ctx, reader);
  const add = (value: unknown) => `$${values.push(value)}`;
  const { words, organizationId, isBlocked, fields } = wanted;
  const source = words === undefined
    ? `customer c where c.account_id = $1 and c.merged_into_id is null and c.id < ${add(before)}${organizationId === undefined ? '' : ` and c.organization_id = ${add(organizationId)}`}`
    : `find_customers(to_tsquery('simple', ${add(words)}), ${add(before)}, ${add(size)}) hit join customer c on c.account_id = $1 and c.id = hit`;
  const conditions = [
    ...(words === undefined || organizationId === undefined ? [] : [`organization_id = ${add(organizationId)}`]),
    ...fields.map(({ fieldId, isText, value }) => (isText ? `fold_text(fields ->> ${add(fieldId)}) = fold_text(${add(value)})` : `fields -> ${add(fieldId)} = ${add(JSON.stringify(value))}::jsonb`)),
    ...(isBlocked === undefined ? [] : [`${isBlocked ? '' : 'not '}${BLOCKED(add(ctx.clock.now()))}`]),
  ];
  const rows = await ctx.tx.run<CustomerRow & { looked: number; end: string | null }>(
    `with looked as materialized (select c.id, c.organization_id, c.fields from ${source} order by c.id desc limit ${add(size)}),
       wanted as materialized (select id from looked${conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`} order by id desc limit ${add(limit)})
     select part.*, (select count(*)::int from looked) as looked, (select id from looked order by id limit 1) as end
     from (select) once left join lateral (select ${CUSTOMER} from wanted join customer c on c.account_id = $1 and c.id = wanted.id) part on true order by part.id desc`,
    values,
  );
  return { found: rows.filter((row) => row.id !== null).map(shape), end: rows[0]?.looked === size ? (rows[0].end ?? undefined) : undefined };
}

export interface CustomerFacts {
  name: string;
  note: string;
  locale: string | null;
  timeZone: string | null;
  preferredChannel: 'email' | 'phone' | null;
  contactPermission: Customer['contactPermission'];
  organizationId: string | null;
  fields: Record<string, FieldValue>;
}

/** Where the version is still the one given; undefined when it is not. */
export async function saveCustomer(ctx: Ctx, id: string, version: number, facts: CustomerFacts, words: string): Promise<number | undefined> {
  const [row] = await ctx.tx.run<{ version: number }>(
    `update customer set name = $4, note = $5, locale = $6, time_zone = $7, preferred_channel = $8, contact_permission = $9, organization_id = $10, fields = $11, search_text = $12, version = version + 1
     where account_id = $1 and id = $2 and version = $3 returning version`,
    [ctx.accountId, id, version, facts.name, facts.note, facts.locale, facts.timeZone, facts.preferredChannel, facts.contactPermission, facts.organizationId, JSON.stringify(facts.fields), words],
  );
  return row?.version;
}

export async function declineOrganization(ctx: Ctx, id: string, organizationId: string): Promise<number> {
  const [row] = await ctx.tx.run<{ version: number }>('update customer set declined_organization_id = $3, version = version + 1 where account_id = $1 and id = $2 returning version', [ctx.accountId, id, organizationId]);
  return row?.version ?? 0;
}

export async function deleteDemoCustomers(ctx: Ctx): Promise<void> {
  await ctx.tx.run('delete from customer c where c.account_id = $1 and c.is_demo and not exists (select from cases k where k.account_id = c.account_id and k.customer_id = c.id)', [ctx.accountId]);
  await ctx.tx.run('update customer set is_demo = false where account_id = $1 and is_demo', [ctx.accountId]);
}
