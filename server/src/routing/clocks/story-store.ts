import type { CaseStatus } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { CaseFacts } from '../policies/match.ts';
import type { Standing, Told } from './story.ts';

/** A case with its timeline, as far as clocks are concerned. */
export interface Story {
  standing: Standing;
  facts: CaseFacts;
  timeline: Told[];
  /** One that was merged is only a sign to another, and cases of the demo company are nobody's to answer for in an account that is not one. */
  isCounted: boolean;
  isDeleted: boolean;
  version: number;
  assigneeId: string | null;
}

interface Row extends CaseFacts { id: string; status: CaseStatus; snoozedUntil: Date | null; isAside: boolean; isDeleted: boolean; lastActivityAt: Date; isImported: boolean; isCounted: boolean; version: number; assigneeId: string | null }

const LOST = `coalesce(delivery_state in ('failed', 'bounced'), false)`;

/**
 * Holds the cases until the transaction ends, so that what is read of them is one moment, and reads their timelines. Those that are gone are left out. What we sent counts as an answer when a
 * person wrote it to the customer and it was not lost: an answer that nobody got answers nothing.
 */
export async function holdStories(ctx: Ctx, caseIds: readonly string[]): Promise<Story[]> {
  await ctx.tx.named('clock_hold', 'select 1 from cases where account_id = $1 and id = any($2::uuid[]) order by id for no key update', [ctx.accountId, caseIds]);
  const rows = await ctx.tx.named<Row>(
    'clock_cases',
    `select c.id, c.status, c.snoozed_until as "snoozedUntil", c.removed_as is not null as "isAside", c.removed_as is not distinct from 'deleted' as "isDeleted", c.last_activity_at as "lastActivityAt", c.import_id is not null as "isImported",
       c.merged_into_id is null and (not c.is_demo or a.is_demo) as "isCounted", c.version, c.assignee_id as "assigneeId", c.inbox_id as "inboxId", c.team_id as "teamId", c.priority, c.kind, k.fields as "customerFields", coalesce(o.fields, '{}') as "organizationFields"
     from cases c join account a on a.id = c.account_id join customer k on k.account_id = c.account_id and k.id = c.customer_id left join organization o on o.account_id = c.account_id and o.id = k.organization_id
     where c.account_id = $1 and c.id = any($2::uuid[]) order by c.id`,
    [ctx.accountId, caseIds],
  );
  const told = await ctx.tx.named<Told & { caseId: string }>(
    'clock_timelines',
    `select case_id as "caseId", id, case when direction = 'in' then occurred_at else created_at end as at, case when kind = 'change' then 'changed' when direction = 'in' then 'asked' when author_kind = 'agent' then 'answered' else 'sent' end as is,
       detail ? 'isImported' as "isImported", detail ? 'leavesOpen' as "leavesOpen",
       case when kind = 'change' then (select coalesce(jsonb_agg(jsonb_build_object('field', change -> 'field', 'to', change -> 'to')), '[]') from jsonb_array_elements(detail -> 'changes') change where change ->> 'field' in ('status', 'snooze', 'aside')) else '[]' end as changes
     from entry where account_id = $1 and case_id = any($2::uuid[]) and (kind = 'change' or (kind = 'message' and detail ->> 'automatic' is null and not detail ? 'forwardOf' and not ${LOST})) order by case_id, id`,
    [ctx.accountId, caseIds],
  );
  const byCase = Map.groupBy(told, ({ caseId }) => caseId);
  return rows.map(({ id, status, snoozedUntil, isAside, isDeleted, lastActivityAt, isImported, isCounted, version, assigneeId, ...facts }) => ({
    standing: { id, status, snoozedUntil, isAside, lastActivityAt, isImported }, facts, timeline: byCase.get(id) ?? [], isCounted, isDeleted, version, assigneeId,
  }));
}

/** The next cases of the account that are not over, by id. */
export async function selectOpenCases(ctx: Ctx, after: string, limit: number): Promise<string[]> {
  const rows = await ctx.tx.named<{ id: string }>('clock_open_cases', `select id from cases where account_id = $1 and id > $2 and shelf in ('open', 'snoozed', 'pending', 'on_hold') order by id limit $3`, [ctx.accountId, after, limit]);
  return rows.map(({ id }) => id);
}

export async function countOpenCases(ctx: Ctx): Promise<number> {
  const [row] = await ctx.tx.named<{ count: number }>('clock_open_count', `select count(*)::int as count from cases where account_id = $1 and shelf in ('open', 'snoozed', 'pending', 'on_hold')`, [ctx.accountId]);
  return row?.count ?? 0;
}

/** A customer's cases that are not over. */
export async function selectOpenCasesOf(ctx: Ctx, customerId: string): Promise<string[]> {
  const rows = await ctx.tx.named<{ id: string }>('clock_open_cases_of', `select id from cases where account_id = $1 and customer_id = $2 and shelf in ('open', 'snoozed', 'pending', 'on_hold') order by id desc limit 500`, [ctx.accountId, customerId]);
  return rows.map(({ id }) => id);
}
