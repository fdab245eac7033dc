import type { ChannelName, WorkState } from '@rapport/contract';
import { caseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { ABOUT, ABOUT_JOINS, OF_ITEM, type AboutRow, type ItemRow } from './work-store.ts';

/** What the reader ($2 to $4) may see of `w`: the items of cases in their scope, and of those without a case what is asked of their teams or of everybody. */
const IN_SIGHT = `($2 = 'all' or (w.case_id is null and (w.team_id is null or w.team_id = any($4::uuid[]))) or exists (select from cases c where c.account_id = $1 and c.id = w.case_id and case_in_scope($2, $3, $4::uuid[], c.assignee_id, c.team_id)))`;

function sightOf(ctx: Ctx): [string, string, string, readonly string[]] {
  const { scope, agentId, teamIds } = caseReader(ctx.actor);
  return [ctx.accountId, scope, agentId, teamIds];
}

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
       select w.queue_id, count(*) as waiting, 0 as offered, 0 as taken, min(w.since) as longest from work_item w where w.account_id = $1 and w.state = 'waiting' and ${IN_SIGHT} group by w.queue_id
       union all select w.queue_id, 0, count(*) filter (where w.state = 'offered'), count(*) filter (where w.state = 'taken'), min(w.since) filter (where w.state = 'offered') from work_item w
         where w.account_id = $1 and w.state in ('offered', 'taken') and ${IN_SIGHT} group by w.queue_id
     ) l group by queue_id`, sightOf(ctx),
  );
}

export interface KeptRow {
  queue_id: string;
  counted: number;
  in_time: number;
}

/** By queue that promises something: of whom it is known since `from` whether they were taken in time, and of how many that is true. Who left before the time was over says nothing. */
export function selectKept(ctx: Ctx, from: Date): Promise<KeptRow[]> {
  return ctx.tx.named(
    'wall_kept',
    `select queue_id, count(*) filter (where waited_seconds is not null or so_far > most)::int as counted, count(*) filter (where waited_seconds <= most)::int as in_time from (
       select e.queue_id, e.waited_seconds, q.answer_within_seconds as most, extract(epoch from coalesce(w.ended_at, $5::timestamptz) - e.at) as so_far
       from queue q join wait_estimate e on e.account_id = $1 and e.queue_id = q.id and e.at > $6 join work_item w on w.account_id = $1 and w.id = e.item_id
       where q.account_id = $1 and q.removed_at is null and q.answer_within_seconds is not null and ${IN_SIGHT}
     ) l group by queue_id`, [...sightOf(ctx), ctx.clock.now(), from],
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
  return ctx.tx.named('wall_in_hand', `select w.id, w.queue_id, w.agent_id, w.channel, w.state, w.since from work_item w where w.account_id = $1 and w.state in ('offered', 'taken') and ${IN_SIGHT} order by w.agent_id, w.since, w.id`, sightOf(ctx));
}

export type LineRow = ItemRow & AboutRow;

/** What is offered of a queue, the oldest first; never more than there are agents. */
export function selectOffered(ctx: Ctx, queueId: string): Promise<LineRow[]> {
  return ctx.tx.named('wall_offered', `select ${OF_ITEM}, ${ABOUT} from work_item w ${ABOUT_JOINS} where w.account_id = $1 and w.queue_id = $5 and w.state = 'offered' and ${IN_SIGHT} order by w.rank_at, w.id`, [...sightOf(ctx), queueId]);
}

/** The line of a queue behind `after`, along its index. */
export function selectLine(ctx: Ctx, queueId: string, after: { rankAt: string; id: string }, limit: number): Promise<LineRow[]> {
  return ctx.tx.named(
    'wall_line', `select ${OF_ITEM}, ${ABOUT} from work_item w ${ABOUT_JOINS} where w.account_id = $1 and w.queue_id = $5 and w.state = 'waiting' and (w.rank_at, w.id) > ($6::timestamptz, $7::uuid) and ${IN_SIGHT} order by w.rank_at, w.id limit $8`,
    [...sightOf(ctx), queueId, after.rankAt, after.id, limit],
  );
}
