import type { Ctx } from '../platform/context.ts';

export interface TimelineEntry {
  id: string;
  /** Null for what is no message. */
  direction: 'in' | 'out' | null;
  authorKind: string;
  /** Who wrote it or made the change, if an agent did. */
  agentId: string | null;
  isAutomatic: boolean;
  /** The status it brought the case to, if it did. */
  status: string | null;
  createdAt: Date;
}

/** A case as far as the reports are concerned. */
export interface Timeline {
  id: string;
  status: string;
  isCounted: boolean;
  createdAt: Date;
  resolvedAt: Date | null;
  lastActivityAt: Date;
  inboxId: string;
  channel: string;
  kind: string;
  priority: string;
  teamId: string | null;
  /** Whose case it is. */
  agentId: string | null;
  tags: string[];
  /** Messages and changes of status, in their order. */
  entries: TimelineEntry[];
}

interface CaseRow { id: string; status: string; is_counted: boolean; created_at: Date; resolved_at: Date | null; last_activity_at: Date; inbox_id: string; channel: string; kind: string; priority: string; team_id: string | null; assignee_id: string | null; tags: string[] }
interface EntryRow { case_id: string; id: string; direction: 'in' | 'out' | null; author_kind: string; agent_id: string | null; is_automatic: boolean; status: string | null; created_at: Date }

/** Makes whoever counts the same cases wait, so that the one who read last also writes last. */
export async function lockCounting(ctx: Ctx, caseIds: readonly string[]): Promise<void> {
  await ctx.tx.named('insight_lock', 'select pg_advisory_xact_lock(key) from (select distinct hashtextextended(id::text, 18) as key from unnest($1::uuid[]) id order by 1) keys', [caseIds]);
}

/** Cases that are gone are left out. Read as two statements after the lock: each sees everything that was committed before. */
export async function selectTimelines(ctx: Ctx, caseIds: readonly string[]): Promise<Timeline[]> {
  const cases = await ctx.tx.named<CaseRow>(
    'insight_cases',
    `select c.id, c.status, c.merged_into_id is null and c.removed_as is null and c.import_id is null and (not c.is_demo or a.is_demo) as is_counted, c.created_at, c.resolved_at, c.last_activity_at, c.inbox_id, c.channel, c.kind, c.priority, c.team_id, c.assignee_id, c.tags
     from cases c join account a on a.id = c.account_id where c.account_id = $1 and c.id = any($2::uuid[]) order by c.id`,
    [ctx.accountId, caseIds],
  );
  const entries = await ctx.tx.named<EntryRow>(
    'insight_entries',
    `select case_id, id, case when kind = 'message' then direction end as direction, author_kind, case when author_kind = 'agent' then author_id end as agent_id, kind = 'message' and detail ->> 'automatic' is not null as is_automatic, created_at,
       case when kind = 'change' then (select change ->> 'to' from jsonb_array_elements(detail -> 'changes') change where change ->> 'field' = 'status' limit 1) end as status
     from entry where account_id = $1 and case_id = any($2::uuid[]) and kind in ('message', 'change') order by case_id, id`,
    [ctx.accountId, caseIds],
  );
  const byCase = Map.groupBy(entries, (entry) => entry.case_id);
  return cases.map((row) => ({
    id: row.id, status: row.status, isCounted: row.is_counted, createdAt: row.created_at, resolvedAt: row.resolved_at, lastActivityAt: row.last_activity_at, inboxId: row.inbox_id, channel: row.channel, kind: row.kind, priority: row.priority, teamId: row.team_id, agentId: row.assignee_id, tags: row.tags,
    entries: (byCase.get(row.id) ?? []).map((entry) => ({ id: entry.id, direction: entry.direction, authorKind: entry.author_kind, agentId: entry.agent_id, isAutomatic: entry.is_automatic, status: entry.status, createdAt: entry.created_at })),
  }));
}

/** The next cases of the account by id. */
export async function selectCaseIds(ctx: Ctx, after: string, limit: number): Promise<string[]> {
  return (await ctx.tx.named<{ id: string }>('insight_case_ids', 'select id from cases where account_id = $1 and id > $2 order by id limit $3', [ctx.accountId, after, limit])).map((row) => row.id);
}

export async function countAllCases(ctx: Ctx): Promise<number> {
  return Number((await ctx.tx.run<{ count: number }>('select count(*) as count from cases where account_id = $1', [ctx.accountId]))[0]?.count ?? 0);
}
