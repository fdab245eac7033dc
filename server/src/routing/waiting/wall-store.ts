import type { ChannelName, WorkState } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';

export interface LoadRow {
  queue_id: string;
  waiting: number;
  offered: number;
  taken: number;
  longest_since: Date | null;
}

/** By queue: how much is where, and since when whoever has waited longest has been waiting. */
export function selectLoads(ctx: Ctx): Promise<LoadRow[]> {
  return ctx.tx.named(
    'wall_loads',
    `select queue_id, sum(waiting)::int as waiting, sum(offered)::int as offered, sum(taken)::int as taken, min(longest) as longest_since from (
       select queue_id, count(*) as waiting, 0 as offered, 0 as taken, min(since) as longest from work_item where account_id = $1 and state = 'waiting' group by queue_id
       union all select queue_id, 0, count(*) filter (where state = 'offered'), count(*) filter (where state = 'taken'), min(since) filter (where state = 'offered') from work_item where account_id = $1 and state in ('offered', 'taken') group by queue_id
     ) l group by queue_id`, [ctx.accountId],
  );
}

export interface InHandRow {
  id: string;
  queue_id: string;
  agent_id: string;
  channel: ChannelName;
  state: WorkState;
  since: Date;
}

export function selectAllInHand(ctx: Ctx): Promise<InHandRow[]> {
  return ctx.tx.named('wall_in_hand', `select id, queue_id, agent_id, channel, state, since from work_item where account_id = $1 and state in ('offered', 'taken') order by agent_id, since, id`, [ctx.accountId]);
}
