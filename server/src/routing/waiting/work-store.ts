import type { ChannelName, Load, NeededSkill, WorkState } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface ItemRow {
  id: string;
  queue_id: string;
  channel: ChannelName;
  load: Load;
  key: string;
  case_id: string | null;
  customer_id: string | null;
  team_id: string | null;
  priority: number;
  skills: NeededSkill[];
  since: Date;
  rank_at: Date;
  state: WorkState;
  agent_id: string | null;
  preferred_agent_id: string | null;
  taken_at: Date | null;
  ended_at: Date | null;
}

const COLUMNS = 'id, queue_id, channel, load, key, case_id, customer_id, team_id, priority, skills, since, rank_at, state, agent_id, preferred_agent_id, taken_at, ended_at';
export const OF_ITEM = COLUMNS.replace(/\w+/g, (name) => `w.${name}`);
/** Whose agents may be asked: the queue's, else the case's. */
const teamOf = (queue: string, caseId: string) => `coalesce(${queue}.team_id, (select c.team_id from cases c where c.account_id = $1 and c.id = ${caseId}))`;

/** One at a time gives out work of an account; whoever adds to what an agent has in hand holds this. Held until the transaction ends. False where it must not wait and somebody else has it. */
export async function holdLine(ctx: Ctx, { mayWait }: { mayWait: boolean }): Promise<boolean> {
  const key = [`routing ${ctx.accountId}`];
  if (mayWait) return (await ctx.tx.named('line_hold', 'select pg_advisory_xact_lock(hashtextextended($1, 0))', key)).length > 0;
  const [row] = await ctx.tx.named<{ held: boolean }>('line_try', 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held', key);
  return row?.held ?? false;
}

/** Over all accounts: where something is in a line or in hand. */
export async function selectBusyAccounts(tx: Tx): Promise<string[]> {
  const rows = await tx.named<{ id: string }>(
    'routing_accounts',
    `select a.id from account a where exists (select from work_item w where w.account_id = a.id and w.state = 'waiting') or exists (select from work_item w where w.account_id = a.id and w.state in ('offered', 'taken'))`, [],
  );
  return rows.map(({ id }) => id);
}

export interface NewItem extends Pick<ItemRow, 'id' | 'queue_id' | 'channel' | 'load' | 'key' | 'case_id' | 'customer_id' | 'priority' | 'skills' | 'since' | 'preferred_agent_id'> {}

/** Undefined when something with this key is in a line or in hand already, or the queue was removed meanwhile; it stays until the transaction ends. */
export async function insertItem(ctx: Ctx, item: NewItem): Promise<ItemRow | undefined> {
  const [row] = await ctx.tx.named<ItemRow>(
    'work_insert',
    `insert into work_item (account_id, id, queue_id, channel, load, key, case_id, customer_id, priority, skills, since, preferred_agent_id, state, team_id, rank_at)
     select $1, $2, q.id, $4, $5, $6, $7::uuid, $8::uuid, $9::smallint, $10::jsonb, $11::timestamptz, $12::uuid, 'waiting', ${teamOf('q', '$7::uuid')}, $11::timestamptz - make_interval(mins => q.priority + $9::smallint) from queue q where q.account_id = $1 and q.id = $3 and q.removed_at is null for share of q
     on conflict (account_id, key) where state in ('waiting', 'offered', 'taken') do nothing returning ${COLUMNS}`,
    [ctx.accountId, item.id, item.queue_id, item.channel, item.load, item.key, item.case_id, item.customer_id, item.priority, JSON.stringify(item.skills), item.since, item.preferred_agent_id],
  );
  return row;
}

export async function findItem(ctx: Ctx, itemId: string): Promise<ItemRow | undefined> {
  const [row] = await ctx.tx.named<ItemRow>('work', `select ${COLUMNS} from work_item where account_id = $1 and id = $2`, [ctx.accountId, itemId]);
  return row;
}

/** Holds it until the transaction ends. */
export async function lockItem(ctx: Ctx, itemId: string): Promise<ItemRow | undefined> {
  const [row] = await ctx.tx.named<ItemRow>('work_lock', `select ${COLUMNS} from work_item where account_id = $1 and id = $2 for no key update`, [ctx.accountId, itemId]);
  return row;
}

/** What is in a line or in hand under this key. */
export async function findByKey(ctx: Ctx, key: string): Promise<ItemRow | undefined> {
  const [row] = await ctx.tx.named<ItemRow>('work_by_key', `select ${COLUMNS} from work_item where account_id = $1 and key = $2 and state in ('waiting', 'offered', 'taken')`, [ctx.accountId, key]);
  return row;
}

/** The channel of a case knows by its own key what an agent put into the line. */
export async function nameItem(ctx: Ctx, itemId: string, key: string): Promise<void> {
  await ctx.tx.named('work_name', 'update work_item set key = $3 where account_id = $1 and id = $2', [ctx.accountId, itemId, key]);
}

/** What is in a line or in hand under any of these, with the name of whoever has it. */
export function selectByKeys(ctx: Ctx, keys: readonly string[]): Promise<(ItemRow & { agent_name: string | null })[]> {
  return ctx.tx.named('work_by_keys', `select ${OF_ITEM}, g.name as agent_name from work_item w left join agent g on g.account_id = $1 and g.id = w.agent_id where w.account_id = $1 and w.key = any($2) and w.state in ('waiting', 'offered', 'taken')`, [ctx.accountId, keys]);
}

/** What is in a line or in hand for this case. */
export function selectOfCase(ctx: Ctx, caseId: string): Promise<ItemRow[]> {
  return ctx.tx.named('work_by_case', `select ${COLUMNS} from work_item where account_id = $1 and case_id = $2 and state in ('waiting', 'offered', 'taken') order by id`, [ctx.accountId, caseId]);
}

/** What is in a line or in hand for this case, held until the transaction ends. */
export function lockOfCase(ctx: Ctx, caseId: string): Promise<ItemRow[]> {
  return ctx.tx.named('work_of_case', `select ${COLUMNS} from work_item where account_id = $1 and case_id = $2 and state in ('waiting', 'offered', 'taken') order by id for no key update`, [ctx.accountId, caseId]);
}

/** What an item is about. */
export interface AboutRow {
  number: number | null;
  subject: string | null;
  customer_name: string | null;
  queue_name: string;
}
export const ABOUT = 'c.number, c.subject, u.name as customer_name, q.name as queue_name';
export const ABOUT_JOINS = 'join queue q on q.account_id = $1 and q.id = w.queue_id left join cases c on c.account_id = $1 and c.id = w.case_id left join customer u on u.account_id = $1 and u.id = coalesce(c.customer_id, w.customer_id)';

/** What an agent has or is asked for, with what it is about. */
export function selectHeld(ctx: Ctx, agentId: string): Promise<(ItemRow & AboutRow)[]> {
  return ctx.tx.named('work_held', `select ${OF_ITEM}, ${ABOUT} from work_item w ${ABOUT_JOINS} where w.account_id = $1 and w.agent_id = $2 and w.state in ('offered', 'taken') order by w.taken_at nulls last, w.id`, [ctx.accountId, agentId]);
}

export function selectInHand(ctx: Ctx, agentId: string): Promise<ItemRow[]> {
  return ctx.tx.named('work_in_hand', `select ${COLUMNS} from work_item where account_id = $1 and agent_id = $2 and state in ('offered', 'taken') order by taken_at nulls last, id`, [ctx.accountId, agentId]);
}

export interface HolderRow {
  agent_id: string;
  mails: number;
  chats: number;
  whole: number;
  is_asked: boolean;
}

/** What each agent has in hand, by kind. */
export function selectHolders(ctx: Ctx): Promise<HolderRow[]> {
  return ctx.tx.named(
    'work_holders',
    `select agent_id, count(*) filter (where load = 'mails')::int as mails, count(*) filter (where load = 'chats')::int as chats, count(*) filter (where load = 'whole')::int as whole, bool_or(state = 'offered') as is_asked
     from work_item where account_id = $1 and state in ('offered', 'taken') group by agent_id`, [ctx.accountId],
  );
}

export async function selectTurns(ctx: Ctx): Promise<Map<string, Date>> {
  const rows = await ctx.tx.named<{ agent_id: string; at: Date }>('agent_turns', 'select agent_id, at from agent_turn where account_id = $1', [ctx.accountId]);
  return new Map(rows.map(({ agent_id, at }) => [agent_id, at]));
}

export async function writeTurns(ctx: Ctx, agentIds: readonly string[]): Promise<void> {
  await ctx.tx.named('agent_turn_write', 'insert into agent_turn (account_id, agent_id, at) select $1, a, $3 from unnest($2::uuid[]) a order by a on conflict (account_id, agent_id) do update set at = $3', [ctx.accountId, [...new Set(agentIds)], ctx.clock.now()]);
}

/** What waits in a queue and asks the same of whoever takes it. */
export interface LineKind {
  queue_id: string;
  kind: string;
}

/** The kinds that wait in these queues, by as many steps along an index. */
export function selectKinds(ctx: Ctx, queueIds: readonly string[]): Promise<LineKind[]> {
  return ctx.tx.named(
    'work_kinds',
    `select q.id as queue_id, k.kind from unnest($2::uuid[]) q(id) cross join lateral (
       with recursive kinds(kind) as (
         (select w.kind from work_item w where w.account_id = $1 and w.queue_id = q.id and w.state = 'waiting' order by w.kind limit 1)
         union all select (select w.kind from work_item w where w.account_id = $1 and w.queue_id = q.id and w.state = 'waiting' and w.kind > k.kind order by w.kind limit 1) from kinds k where k.kind is not null)
       select kind from kinds where kind is not null) k`, [ctx.accountId, queueIds],
  );
}

export interface LineStart extends LineKind {
  /** From behind this on. */
  after?: Pick<ItemRow, 'rank_at' | 'id'> | undefined;
  /** Only what has waited since then, or longer. */
  before?: Date | undefined;
}

/** The next of each of these lines, in their order; one walk along an index for each. */
export function selectLines(ctx: Ctx, lines: readonly LineStart[], limit: number): Promise<(ItemRow & { kind: string })[]> {
  return ctx.tx.named(
    'work_lines',
    `select w.* from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[], $6::timestamptz[]) l(queue_id, kind, rank_at, id, since) cross join lateral (
       select ${COLUMNS}, kind from work_item where account_id = $1 and queue_id = l.queue_id and kind = l.kind and state = 'waiting' and (rank_at, id) > (l.rank_at, l.id) and since <= l.since order by rank_at, id limit $7) w`,
    [
      ctx.accountId, lines.map((line) => line.queue_id), lines.map(({ kind }) => kind), lines.map(({ after }) => after?.rank_at ?? '-infinity'), lines.map(({ after }) => after?.id ?? '00000000-0000-0000-0000-000000000000'),
      lines.map(({ before }) => before ?? 'infinity'), limit,
    ],
  );
}

/** What waits for these agents in particular, in the order of rank. */
export function selectPreferring(ctx: Ctx, agentIds: readonly string[], limit: number): Promise<ItemRow[]> {
  return ctx.tx.named('work_preferring', `select ${COLUMNS} from work_item where account_id = $1 and state = 'waiting' and preferred_agent_id = any($2) order by rank_at, id limit $3`, [ctx.accountId, agentIds, limit]);
}

export interface Given {
  itemId: string;
  agentId: string;
}

/** Marks what still waits as given to these agents, offered or taken; answers what was: something may have left meanwhile. */
export function giveItems(ctx: Ctx, given: readonly Given[], state: 'offered' | 'taken'): Promise<ItemRow[]> {
  return ctx.tx.named(
    'work_give',
    `update work_item w set state = $4, agent_id = g.agent_id, taken_at = case when $4 = 'taken' then $5::timestamptz end from unnest($2::uuid[], $3::uuid[]) g(item_id, agent_id)
     where w.account_id = $1 and w.id = g.item_id and w.state = 'waiting' returning ${OF_ITEM}`,
    [ctx.accountId, given.map(({ itemId }) => itemId), given.map(({ agentId }) => agentId), state, ctx.clock.now()],
  );
}

/** What was offered is taken by whoever was asked. The item is held. */
export async function takeItem(ctx: Ctx, itemId: string, agentId: string): Promise<ItemRow> {
  const [row] = await ctx.tx.named<ItemRow>('work_take', `update work_item set state = 'taken', agent_id = $3, taken_at = $4 where account_id = $1 and id = $2 returning ${COLUMNS}`, [ctx.accountId, itemId, agentId, ctx.clock.now()]);
  return row as ItemRow;
}

/** Puts these back into their lines, at the place their age gives them; those of another state by now stay as they are. */
export function putBack(ctx: Ctx, itemIds: readonly string[], from: 'offered' | 'taken'): Promise<ItemRow[]> {
  return ctx.tx.named('work_back', `update work_item set state = 'waiting', agent_id = null, taken_at = null where account_id = $1 and id = any($2) and state = $3 returning ${COLUMNS}`, [ctx.accountId, itemIds, from]);
}

/** It ends as done by whoever has it, or as having left. The item is held. */
export async function endItem(ctx: Ctx, itemId: string, state: 'done' | 'left'): Promise<ItemRow> {
  const [row] = await ctx.tx.named<ItemRow>(
    'work_end', `update work_item set state = $3, ended_at = $4, agent_id = case when $3 = 'done' then agent_id end where account_id = $1 and id = $2 returning ${COLUMNS}`, [ctx.accountId, itemId, state, ctx.clock.now()],
  );
  return row as ItemRow;
}

/** Into the line of another queue, as old as it is. `isOverdue`: because it waited as long as its queue lets it. The item is held, or waits. */
export async function moveItems(ctx: Ctx, itemIds: readonly string[], queueId: string, { isOverdue }: { isOverdue: boolean }): Promise<ItemRow[]> {
  return ctx.tx.named(
    'work_move',
    `update work_item w set queue_id = q.id, state = 'waiting', agent_id = null, taken_at = null, team_id = ${teamOf('q', 'w.case_id')}, rank_at = w.since - make_interval(mins => q.priority + w.priority), overdue_at = case when $4 then $5::timestamptz end
     from queue q where w.account_id = $1 and w.id = any($2) and q.account_id = $1 and q.id = $3 and (w.state = 'waiting' or not $4) returning ${OF_ITEM}`,
    [ctx.accountId, itemIds, queueId, isOverdue, ctx.clock.now()],
  );
}

/** What has waited in a queue since before `before`, and is not known to be overdue yet. Nothing stands earlier in line than its age and priority say, so the walk ends where the line is younger. */
export function selectOverdue(ctx: Ctx, queueId: string, before: Date, limit: number): Promise<ItemRow[]> {
  return ctx.tx.named(
    'work_overdue', `select ${COLUMNS} from work_item where account_id = $1 and queue_id = $2 and state = 'waiting' and rank_at <= $3 and since <= $3 and overdue_at is null order by rank_at, id limit $4`, [ctx.accountId, queueId, before, limit],
  );
}

export function markOverdue(ctx: Ctx, itemIds: readonly string[]): Promise<ItemRow[]> {
  return ctx.tx.named('work_mark_overdue', `update work_item set overdue_at = $3 where account_id = $1 and id = any($2) and state = 'waiting' returning ${COLUMNS}`, [ctx.accountId, itemIds, ctx.clock.now()]);
}

/** After a change of the queue: what waits in it stands where it would stand had it come today. */
export async function rankAnew(ctx: Ctx, queueId: string): Promise<void> {
  await ctx.tx.named(
    'work_rank',
    `update work_item w set rank_at = w.since - make_interval(mins => q.priority + w.priority), team_id = ${teamOf('q', 'w.case_id')} from queue q
     where w.account_id = $1 and w.queue_id = $2 and w.state in ('waiting', 'offered', 'taken') and q.account_id = $1 and q.id = $2`, [ctx.accountId, queueId],
  );
}

/** The case went to another team: whoever is asked next is one of them, unless the queue has a team of its own. */
export async function followTeam(ctx: Ctx, caseId: string): Promise<void> {
  await ctx.tx.named(
    'work_team', `update work_item w set team_id = ${teamOf('q', 'w.case_id')} from queue q where w.account_id = $1 and w.case_id = $2 and w.state in ('waiting', 'offered', 'taken') and q.account_id = $1 and q.id = w.queue_id`, [ctx.accountId, caseId],
  );
}

/** After a customer was merged into another, or parted from them again: what waits is whose the case is by now, and without a case whose the customer has become. */
export async function followCustomer(ctx: Ctx, customerId: string): Promise<void> {
  await ctx.tx.named(
    'work_customer',
    `update work_item w set customer_id = n.customer_id from (
       select o.id, coalesce(c.customer_id, u.merged_into_id, o.customer_id) as customer_id from work_item o left join cases c on c.account_id = $1 and c.id = o.case_id left join customer u on u.account_id = $1 and u.id = o.customer_id
       where o.account_id = $1 and (o.customer_id = $2 or o.customer_id in (select k.id from customer k where k.account_id = $1 and k.merged_into_id = $2) or o.case_id in (select k.id from cases k where k.account_id = $1 and k.customer_id = $2))
     ) n where w.account_id = $1 and w.id = n.id and w.customer_id is distinct from n.customer_id`, [ctx.accountId, customerId],
  );
}

export async function countInQueue(ctx: Ctx, queueId: string): Promise<{ waiting: number; isUsed: boolean }> {
  const [row] = await ctx.tx.named<{ waiting: number; isUsed: boolean }>(
    'work_count',
    `select (select count(*)::int from work_item where account_id = $1 and queue_id = $2 and state = 'waiting') as waiting,
       exists (select from work_item where account_id = $1 and queue_id = $2 and state = 'waiting') or exists (select from work_item where account_id = $1 and queue_id = $2 and state in ('offered', 'taken')) as "isUsed"`, [ctx.accountId, queueId],
  );
  return row ?? { waiting: 0, isUsed: false };
}

/** Over all accounts: what ended before `before`, with its offers and estimates. Answers how many went. */
export async function deleteEnded(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx.named('work_delete', 'delete from work_item where (account_id, id) in (select account_id, id from work_item where ended_at < $1 order by ended_at limit $2) returning 1', [before, limit]);
  return gone.length;
}
