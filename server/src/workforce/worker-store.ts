import type { CaseScope, PresenceState } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

export interface WorkerRow {
  agent_id: string;
  name: string;
  state: PresenceState;
  since: Date;
  case_scope: CaseScope;
  answers: boolean;
  team_ids: string[];
  skills: Record<string, number>;
  chats: number | null;
  mails: number | null;
}

/** Who is not offline, and of `alsoIds` whoever works here, by id. */
export function selectWorkers(ctx: Ctx, alsoIds: readonly string[]): Promise<WorkerRow[]> {
  return ctx.tx.named(
    'workers',
    `select g.id as agent_id, g.name, p.state, p.since, r.case_scope, '{case.read,case.reply}' <@ r.permissions as answers, c.chats, c.mails,
       array(select t.team_id from team_member t where t.account_id = $1 and t.agent_id = g.id) as team_ids,
       coalesce((select jsonb_object_agg(k.skill_id, k.level) from agent_skill k where k.account_id = $1 and k.agent_id = g.id), '{}') as skills
     from presence p join agent g on g.account_id = $1 and g.id = p.agent_id join role r on r.account_id = $1 and r.id = g.role_id left join agent_capacity c on c.account_id = $1 and c.agent_id = g.id
     where p.account_id = $1 and (p.state <> 'offline' or p.agent_id = any($2)) and g.state = 'active' and not g.is_bot order by g.id`,
    [ctx.accountId, alsoIds],
  );
}

/** How many are available who see cases of this team, or of any. */
export async function countAvailable(ctx: Ctx, teamId: string | null): Promise<number> {
  const [row] = await ctx.tx.named<{ count: number }>(
    'workers_available',
    `select count(*)::int as count from presence p join agent g on g.account_id = $1 and g.id = p.agent_id join role r on r.account_id = $1 and r.id = g.role_id
     where p.account_id = $1 and p.state = 'available' and g.state = 'active' and not g.is_bot and '{case.read,case.reply}' <@ r.permissions
       and ($2::uuid is null or r.case_scope = 'all' or exists (select from team_member t where t.account_id = $1 and t.team_id = $2 and t.agent_id = g.id))`,
    [ctx.accountId, teamId],
  );
  return row?.count ?? 0;
}
