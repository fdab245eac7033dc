import type { CaseScope } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

export interface FollowerRow {
  id: string;
  name: string;
  since: Date;
}

export function selectFollowers(ctx: Ctx, caseId: string): Promise<FollowerRow[]> {
  return ctx.tx.named<FollowerRow>(
    'follower_list',
    'select a.id, a.name, f.since from case_follower f join agent a on a.account_id = f.account_id and a.id = f.agent_id where f.account_id = $1 and f.case_id = $2 order by f.since, a.id limit 200',
    [ctx.accountId, caseId],
  );
}

/** Those who did not follow the case before. */
export async function insertFollowers(ctx: Ctx, caseId: string, agentIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.named<{ agent_id: string }>(
    'follower_insert',
    'insert into case_follower (account_id, case_id, agent_id, since) select $1, $2, id, $4 from unnest($3::uuid[]) id on conflict do nothing returning agent_id',
    [ctx.accountId, caseId, agentIds, ctx.clock.now()],
  );
  return rows.map((row) => row.agent_id);
}

export async function deleteFollower(ctx: Ctx, caseId: string, agentId: string): Promise<boolean> {
  const rows = await ctx.tx.named('follower_delete', 'delete from case_follower where account_id = $1 and case_id = $2 and agent_id = $3 returning 1', [ctx.accountId, caseId, agentId]);
  return rows.length > 0;
}

export interface Colleague {
  id: string;
  name: string;
  readsCases: boolean;
  scope: CaseScope;
  teamIds: string[];
}

/** People (not bots) who work here, with what decides which cases they see. */
export function selectColleagues(ctx: Ctx, ids: readonly string[] | null): Promise<Colleague[]> {
  return ctx.tx.named<Colleague>(
    'colleague_list',
    `select a.id, a.name, 'case.read' = any(r.permissions) as "readsCases", r.case_scope as scope, array(select m.team_id from team_member m where m.account_id = $1 and m.agent_id = a.id) as "teamIds"
     from agent a join role r on r.account_id = a.account_id and r.id = a.role_id where a.account_id = $1 and a.state = 'active' and not a.is_bot and ($2::uuid[] is null or a.id = any($2)) order by lower(a.name), a.id limit 2000`,
    [ctx.accountId, ids],
  );
}
