import type { Customer } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import type { IdentityKind } from './identity.ts';

export async function findByIdentity(ctx: Ctx, kind: IdentityKind, value: string): Promise<{ id: string; name: string } | undefined> {
  const [row] = await ctx.tx.named<{ id: string; name: string }>(
    'customer_by_identity',
    'select c.id, c.name from customer_identity i join customer c on c.account_id = i.account_id and c.id = i.customer_id where i.account_id = $1 and i.kind = $2 and i.value = $3',
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
  version: number;
  created_at: Date;
  identities: { id: string; kind: IdentityKind; value: string; isVerified: boolean }[];
  case_count: number;
}

// Counting stops at a thousand: a customer with more is an address that many write from.
const CUSTOMER = `c.id, c.name, c.note, c.locale, c.version, c.created_at,
  coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'isVerified', i.verified_at is not null) order by i.created_at, i.id) from customer_identity i where i.account_id = c.account_id and i.customer_id = c.id), '[]') as identities,
  (select count(*) from (select from cases k where k.account_id = c.account_id and k.customer_id = c.id and case_in_scope($2, $3, $4, k.assignee_id, k.team_id) limit 1000) counted) as case_count`;

const shape = (row: CustomerRow): Customer => ({
  id: row.id, name: row.name, identities: row.identities, note: row.note, locale: row.locale, caseCount: row.case_count, createdAt: row.created_at.toISOString(), version: row.version,
});
const readerValues = (ctx: Ctx, reader: CaseReader) => [ctx.accountId, reader.scope, reader.agentId, reader.teamIds];

export async function findCustomer(ctx: Ctx, reader: CaseReader, id: string): Promise<Customer | undefined> {
  const [row] = await ctx.tx.named<CustomerRow>('customer_find', `select ${CUSTOMER} from customer c where c.account_id = $1 and c.id = $5`, [...readerValues(ctx, reader), id]);
  return row && shape(row);
}

/** Below `before`, newest first. */
export async function selectNewest(ctx: Ctx, reader: CaseReader, before: string, limit: number): Promise<Customer[]> {
  const rows = await ctx.tx.named<CustomerRow>('customer_newest', `select ${CUSTOMER} from customer c where c.account_id = $1 and c.id < $5 order by c.id desc limit $6`, [...readerValues(ctx, reader), before, limit]);
  return rows.map(shape);
}

/** Those whose words match, below `before`, newest first. */
export async function selectMatching(ctx: Ctx, reader: CaseReader, tsquery: string, before: string, limit: number): Promise<Customer[]> {
  const rows = await ctx.tx.named<CustomerRow>(
    'customer_matching',
    `select ${CUSTOMER} from find_customers(to_tsquery('simple', $5), $6, $7) found join customer c on c.account_id = $1 and c.id = found order by c.id desc`,
    [...readerValues(ctx, reader), tsquery, before, limit],
  );
  return rows.map(shape);
}

/** Where the version is still the one given; undefined when it is not. */
export async function saveCustomer(ctx: Ctx, id: string, version: number, change: { name?: string | undefined; note?: string | undefined; locale?: string | null | undefined; words?: string | undefined }): Promise<number | undefined> {
  const [row] = await ctx.tx.run<{ version: number }>(
    `update customer set name = coalesce($4, name), note = coalesce($5, note), locale = case when $6 then $7 else locale end, search_text = coalesce($8, search_text), version = version + 1
     where account_id = $1 and id = $2 and version = $3 returning version`,
    [ctx.accountId, id, version, change.name ?? null, change.note ?? null, change.locale !== undefined, change.locale ?? null, change.words ?? null],
  );
  return row?.version;
}

export async function deleteDemoCustomers(ctx: Ctx): Promise<void> {
  await ctx.tx.run('delete from customer c where c.account_id = $1 and c.is_demo and not exists (select from cases k where k.account_id = c.account_id and k.customer_id = c.id)', [ctx.accountId]);
  await ctx.tx.run('update customer set is_demo = false where account_id = $1 and is_demo', [ctx.accountId]);
}
