import type { Ctx } from '../../platform/context.ts';

/** Why a case that is old enough stays for now. */
export type Hold = 'tag' | 'related' | 'promise' | 'sending';
export interface DueQuery { inboxId: string; before: Date; keepTags: readonly string[] }
export interface DueCase { id: string; number: number; subject: string; resolvedAt: Date; hold: Hold | null; /** Where it stands in the order, to the microsecond. */ place: string }
export type DuePosition = Pick<DueCase, 'place' | 'id'>;

// As the partial index has it, so that the oldest are found without a look at the others. Of the account's cases in one inbox ($2) that were solved before a moment ($3).
const OLD = `c.account_id = $1 and c.inbox_id = $2 and c.resolved_at < $3 and c.resolved_at is not null and c.erased_at is null and c.merged_into_id is null and c.removed_as is null and c.status in ('resolved', 'closed')`;
const unfinished = (alias: string) => `${alias}.shelf not in ('resolved', 'closed', 'merged', 'spam', 'deleted')`;
// One look into an index for each case. As `exists` the planner may read all unfinished cases into a table first, which costs what there is and not what is counted.
const found = (rows: string) => `(select true from ${rows} limit 1) is not null`;
const linked = (near: string, far: string) => found(`case_link l join cases o on o.account_id = l.account_id and o.id = l.${far} where l.account_id = c.account_id and l.${near} = c.id and ${unfinished('o')}`);
// The tags that hold ($4).
const HOLD = `case when c.tags && $4::text[] then 'tag'
  when ${found(`cases f where f.account_id = c.account_id and f.follows_case_id = c.id and ${unfinished('f')}`)} or ${linked('from_case_id', 'to_case_id')} or ${linked('to_case_id', 'from_case_id')} then 'related'
  when c.next_promise_at is not null or ${found(`planned_message p where p.account_id = c.account_id and p.case_id = c.id and p.state = 'waiting'`)} then 'promise'
  when ${found(`entry e where e.account_id = c.account_id and e.case_id = c.id and e.delivery_state in ('queued', 'sending')`)} then 'sending' end`;
const values = (ctx: Ctx, query: DueQuery): unknown[] => [ctx.accountId, query.inboxId, query.before, query.keepTags];

/** Cases that are old enough, oldest first, behind `after`, those that are held with the reason. */
export function selectDue(ctx: Ctx, query: DueQuery, after: DuePosition | undefined, limit: number): Promise<DueCase[]> {
  const behind = after ? 'and (c.resolved_at, c.id) > ($6::timestamptz, $7::uuid)' : '';
  return ctx.tx.run<DueCase>(
    `select c.id, c.number, c.subject, c.resolved_at as "resolvedAt", c.resolved_at::text as place, ${HOLD} as hold from (select * from cases c where ${OLD} ${behind} order by c.resolved_at, c.id limit $5) c order by c.resolved_at, c.id`,
    [...values(ctx, query), limit, ...(after ? [after.place, after.id] : [])],
  );
}

/** Whether one case is due and not held. The caller holds its row. */
export async function isDue(ctx: Ctx, caseId: string, query: DueQuery): Promise<boolean> {
  const [row] = await ctx.tx.run<{ hold: Hold | null }>(`select ${HOLD} as hold from cases c where ${OLD} and c.id = $5`, [...values(ctx, query), caseId]);
  return row !== undefined && row.hold === null;
}

/** Counts the oldest `most` that are old enough: how many are held and why, and how many there are. Costs what is counted, not what there is. */
export async function countDue(ctx: Ctx, query: DueQuery, most: number): Promise<{ all: number; held: Record<Hold, number>; oldestAt: Date | null }> {
  const rows = await ctx.tx.run<{ hold: Hold | null; count: number; oldest: Date | null }>(
    `select hold, count(*) as count, min(resolved_at) as oldest from (select c.resolved_at, ${HOLD} as hold from (select * from cases c where ${OLD} order by c.resolved_at, c.id limit $5) c) counted group by hold`,
    [...values(ctx, query), most],
  );
  const held: Record<Hold, number> = { tag: 0, related: 0, promise: 0, sending: 0 };
  for (const row of rows) if (row.hold) held[row.hold] = row.count;
  return { all: rows.reduce((sum, row) => sum + row.count, 0), held, oldestAt: rows.find((row) => row.hold === null)?.oldest ?? null };
}

/** How many were solved from one moment to before another, counted no further than `most`. */
export async function countSolvedBetween(ctx: Ctx, inboxId: string, from: Date, before: Date, most: number): Promise<number> {
  const [row] = await ctx.tx.run<{ count: number }>(`select count(*) as count from (select from cases c where ${OLD} and c.resolved_at >= $4 limit $5) counted`, [ctx.accountId, inboxId, before, from, most]);
  return row?.count ?? 0;
}
