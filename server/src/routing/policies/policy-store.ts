import type { OpenHours, PolicyContent } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';

export interface PolicyRow {
  id: string;
  name: string;
  content: PolicyContent;
  version: number;
  updated_at: Date;
}

const COLUMNS = 'p.id, p.name, p.content, p.version, p.updated_at';

export function selectPolicies(ctx: Ctx): Promise<PolicyRow[]> {
  return ctx.tx.named('policies', `select ${COLUMNS} from service_policy p where p.account_id = $1 order by p.place, p.id`, [ctx.accountId]);
}

/** What clocks run by; undefined hours are round the clock. */
export interface PolicyInForce extends PolicyRow {
  calendar_name: string | null;
  hours: OpenHours | null;
  /** When it, or its calendar, was changed last. */
  since: Date;
}

export function selectPoliciesInForce(ctx: Ctx): Promise<PolicyInForce[]> {
  return ctx.tx.named(
    'policies_in_force',
    `select ${COLUMNS}, c.name as calendar_name, c.hours, greatest(p.updated_at, c.updated_at) as since from service_policy p left join calendar c on c.account_id = p.account_id and c.id = p.calendar_id where p.account_id = $1 order by p.place, p.id`,
    [ctx.accountId],
  );
}

/** Holds it until the transaction ends. */
export async function lockPolicy(ctx: Ctx, policyId: string): Promise<(PolicyRow & { place: number }) | undefined> {
  const [row] = await ctx.tx.named<PolicyRow & { place: number }>('policy_lock', `select ${COLUMNS}, p.place from service_policy p where p.account_id = $1 and p.id = $2 for no key update`, [ctx.accountId, policyId]);
  return row;
}

/** Keeps one, new or as it is from now on. Without a place it comes last, or stays where it is. */
export async function writePolicy(ctx: Ctx, row: Omit<PolicyRow, 'updated_at'>, place: number | null = null): Promise<PolicyRow> {
  const [written] = await ctx.tx.named<PolicyRow>(
    'policy_write',
    `insert into service_policy as p (account_id, id, name, place, calendar_id, content, version, updated_at)
     values ($1, $2, $3, coalesce($8, (select coalesce(max(place), 0) + 1 from service_policy where account_id = $1)), $4, $5, $6, $7)
     on conflict (account_id, id) do update set name = $3, calendar_id = $4, content = $5, version = $6, updated_at = $7 returning ${COLUMNS}`,
    [ctx.accountId, row.id, row.name, row.content.calendarId, JSON.stringify(row.content), row.version, ctx.clock.now(), place],
  );
  return written as PolicyRow;
}

/** Whether everything that conditions name is there. */
export async function isAllThere(ctx: Ctx, { inboxes = [], teams = [], customerFields = [], organizationFields = [] }: PolicyContent['conditions']): Promise<boolean> {
  const [row] = await ctx.tx.named<{ isThere: boolean }>(
    'policy_references',
    `select not exists (select from unnest($2::uuid[]) one(id) where not exists (select from inbox i where i.account_id = $1 and i.id = one.id))
       and not exists (select from unnest($3::uuid[]) one(id) where not exists (select from team t where t.account_id = $1 and t.id = one.id))
       and not exists (select from unnest($4::uuid[], $5::text[]) one(id, subject) where not exists (select from customer_field f where f.account_id = $1 and f.id = one.id and f.subject = one.subject)) as "isThere"`,
    [ctx.accountId, inboxes, teams.filter((team) => team !== 'none'), [...customerFields, ...organizationFields].map(({ fieldId }) => fieldId), [...customerFields.map(() => 'customer'), ...organizationFields.map(() => 'organization')]],
  );
  return row?.isThere === true;
}

/** In this order; those left out come behind, in the order they had. Each that goes elsewhere is in force anew. */
export async function writeOrder(ctx: Ctx, policyIds: readonly string[]): Promise<void> {
  await ctx.tx.named(
    'policy_order',
    `update service_policy p set place = n.place, updated_at = $3 from (select id, row_number() over (order by array_position($2::uuid[], id), place, id) as place from service_policy where account_id = $1) n
     where p.account_id = $1 and p.id = n.id and p.place <> n.place`,
    [ctx.accountId, policyIds, ctx.clock.now()],
  );
}

export async function deletePolicy(ctx: Ctx, policyId: string): Promise<void> {
  await ctx.tx.named('policy_delete', 'delete from service_policy where account_id = $1 and id = $2', [ctx.accountId, policyId]);
}
