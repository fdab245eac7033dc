import type { Ctx } from '../platform/context.ts';

export interface CaseFacts {
  id: string;
  number: number;
  subject: string;
  status: string;
  priority: string;
  teamId: string | null;
  assigneeId: string | null;
  version: number;
  isAside: boolean;
  customerName: string;
}

export async function findCaseFacts(ctx: Ctx, caseId: string): Promise<CaseFacts | undefined> {
  const [row] = await ctx.tx.named<CaseFacts>(
    'notification_case',
    `select c.id, c.number::int as number, c.subject, c.status, c.priority, c.team_id as "teamId", c.assignee_id as "assigneeId", c.version, (c.merged_into_id is not null or c.removed_as is not null) as "isAside", k.name as "customerName"
     from cases c join customer k on k.account_id = $1 and k.id = c.customer_id where c.account_id = $1 and c.id = $2`,
    [ctx.accountId, caseId],
  );
  return row;
}

/** Somebody who works here and may see the case. */
export interface Reader {
  id: string;
  /** Holds the right to be told of what nobody looks after. */
  takesEscalations: boolean;
  /** Whether the role reaches every case. */
  seesAll: boolean;
  isAdmin: boolean;
  isMember: boolean;
  isFollowing: boolean;
  settings: unknown;
  timeZone: string | null;
  pausedUntil: Date | null;
}

/** Everybody who may see the case at this moment, in the order of their ids, so that those who count for the same people wait for each other in one order. */
export function selectReaders(ctx: Ctx, about: Pick<CaseFacts, 'id' | 'teamId' | 'assigneeId'>): Promise<Reader[]> {
  return ctx.tx.named<Reader>(
    'notification_readers',
    `select a.id, 'escalation.take' = any(r.permissions) as "takesEscalations", r.case_scope = 'all' as "seesAll", 'account.manage' = any(r.permissions) as "isAdmin", coalesce($3::uuid = any(t.ids), false) as "isMember", f.agent_id is not null as "isFollowing", s.settings, s.time_zone as "timeZone", s.paused_until as "pausedUntil"
     from agent a join role r on r.account_id = a.account_id and r.id = a.role_id cross join lateral (select array(select m.team_id from team_member m where m.account_id = $1 and m.agent_id = a.id) as ids) t
       left join notification_setting s on s.account_id = $1 and s.agent_id = a.id left join case_follower f on f.account_id = $1 and f.case_id = $2 and f.agent_id = a.id
     where a.account_id = $1 and a.state = 'active' and not a.is_bot and 'case.read' = any(r.permissions) and case_in_scope(r.case_scope, a.id, t.ids, $4, $3) order by a.id`,
    [ctx.accountId, about.id, about.teamId, about.assigneeId],
  );
}

/** The newest change of the assignee: who made it, and its entry. */
export async function findAssigning(ctx: Ctx, caseId: string): Promise<{ id: string; authorId: string | null; authorName: string } | undefined> {
  const [row] = await ctx.tx.named<{ id: string; authorId: string | null; authorName: string }>(
    'notification_assigning',
    `select e.id, e.author_id as "authorId", e.author_name as "authorName" from entry e where e.account_id = $1 and e.case_id = $2 and e.kind = 'change' and e.detail->'changes' @> '[{"field":"assignee"}]' order by e.id desc limit 1`,
    [ctx.accountId, caseId],
  );
  return row;
}

/** Whoever put the case off last. */
export async function findSnoozer(ctx: Ctx, caseId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ authorId: string | null }>(
    'notification_snoozer',
    `select e.author_id as "authorId" from entry e where e.account_id = $1 and e.case_id = $2 and e.kind = 'change' and e.author_kind = 'agent' and e.detail->'changes' @> '[{"field":"snooze"}]' order by e.id desc limit 1`,
    [ctx.accountId, caseId],
  );
  return row?.authorId ?? undefined;
}

export async function findEntryAuthor(ctx: Ctx, caseId: string, entryId: string): Promise<{ authorKind: string; authorId: string | null; authorName: string } | undefined> {
  const [row] = await ctx.tx.named<{ authorKind: string; authorId: string | null; authorName: string }>(
    'notification_author', 'select author_kind as "authorKind", author_id as "authorId", author_name as "authorName" from entry where account_id = $1 and case_id = $2 and id = $3', [ctx.accountId, caseId, entryId],
  );
  return row;
}

export async function findMentioner(ctx: Ctx, agentId: string, mentionId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ name: string }>('notification_mentioner', 'select by_name as name from mention where account_id = $1 and agent_id = $2 and id = $3', [ctx.accountId, agentId, mentionId]);
  return row?.name;
}
