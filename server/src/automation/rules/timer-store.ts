import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

// The moment a rule on time counts from, or null while there is none. What people wrote counts as an answer, what Rapport sent by itself does not.
const BASE = `case when c.merged_into_id is not null or c.removed_as is not null then null
  when r.since_what = 'waiting' and c.status in ('new', 'open') and c.shelf <> 'snoozed' then c.waiting_since
  when r.since_what = 'customer_silent' and c.shelf = 'pending' then (select e.occurred_at from entry e where e.account_id = c.account_id and e.case_id = c.id and e.kind = 'message' and e.direction = 'out' and e.detail->>'automatic' is null order by e.id desc limit 1)
  when r.since_what = 'snooze' and c.shelf = 'snoozed' then c.snoozed_until
  when r.since_what = 'promise' and c.status <> 'closed' then c.next_promise_at
  when r.since_what = 'resolved' and c.status = 'resolved' then c.resolved_at end`;

/**
 * Brings the timers of cases up to date with what happened to them. A timer whose moment has changed starts anew, one that looked in vain looks again, one that acted rests until its moment changes.
 * With a rule: only its timers.
 */
export async function keepTimers(ctx: Ctx, caseIds: readonly string[], ruleId: string | null = null): Promise<void> {
  await ctx.tx.named(
    'rule_timers_keep',
    `with now_due as (select r.id as rule_id, c.id as case_id, r.since_hours, ${BASE} as base from rule r join cases c on c.account_id = r.account_id and c.id = any($2::uuid[])
       where r.account_id = $1 and r.is_on and r.since_what is not null and ($3::uuid is null or r.id = $3)),
     gone as (delete from rule_timer t using now_due d where t.account_id = $1 and t.rule_id = d.rule_id and t.case_id = d.case_id and d.base is null)
     insert into rule_timer (account_id, rule_id, case_id, base_at, due_at) select $1, rule_id, case_id, base, base + since_hours * interval '1 hour' from now_due where base is not null order by rule_id, case_id
     on conflict (account_id, rule_id, case_id) do update set base_at = excluded.base_at, due_at = excluded.due_at, state = 'waiting' where rule_timer.base_at <> excluded.base_at or rule_timer.due_at <> excluded.due_at or rule_timer.state = 'looked'`,
    [ctx.accountId, caseIds, ruleId],
  );
}

export interface DueTimer {
  account_id: string;
  rule_id: string;
  case_id: string;
  base_at: Date;
}

/** Timers of all accounts whose time has come, oldest first; read by an index that holds only those still waiting. */
export function selectDueTimers(tx: Tx, now: Date, limit: number): Promise<DueTimer[]> {
  return tx.run(`select account_id, rule_id, case_id, base_at from rule_timer where state = 'waiting' and due_at <= $1 order by due_at limit $2`, [now, limit]);
}

/** Whether the timer still waits for this moment; holds it until the transaction ends. */
export async function holdTimer(ctx: Ctx, timer: DueTimer): Promise<boolean> {
  const rows = await ctx.tx.run(`select 1 from rule_timer where account_id = $1 and rule_id = $2 and case_id = $3 and state = 'waiting' and due_at <= $4 for update`, [ctx.accountId, timer.rule_id, timer.case_id, ctx.clock.now()]);
  return rows.length > 0;
}

export async function settleTimer(ctx: Ctx, timer: DueTimer, state: 'looked' | 'acted'): Promise<void> {
  await ctx.tx.run('update rule_timer set state = $4 where account_id = $1 and rule_id = $2 and case_id = $3', [ctx.accountId, timer.rule_id, timer.case_id, state]);
}

/** Lets a timer wait longer, so that those behind it get their turn. */
export async function postponeTimer(ctx: Ctx, timer: DueTimer, until: Date): Promise<void> {
  await ctx.tx.run(`update rule_timer set due_at = $4 where account_id = $1 and rule_id = $2 and case_id = $3 and state = 'waiting'`, [ctx.accountId, timer.rule_id, timer.case_id, until]);
}

export interface RuleToFill {
  account_id: string;
  id: string;
}

/** Rules of all accounts that have not looked through the cases there are. */
export function selectRulesToFill(tx: Tx): Promise<RuleToFill[]> {
  return tx.run('select account_id, id from rule where is_filling order by account_id, id');
}

const SHELVES: Record<string, string[]> = { waiting: ['open'], customer_silent: ['pending'], snooze: ['snoozed'], promise: ['open', 'pending', 'on_hold', 'snoozed', 'resolved'], resolved: ['resolved'] };

/** The next cases on the shelves a rule on time is about, behind the last that was looked at; those an import brought and nobody has touched since are the past, on which no rule acts. Undefined: the rule is off or gone. */
export async function nextCasesToFill(ctx: Ctx, ruleId: string, limit: number): Promise<string[] | undefined> {
  const [rule] = await ctx.tx.run<{ since_what: string; fill_after: string | null }>('select since_what, fill_after from rule where account_id = $1 and id = $2 and is_filling for no key update', [ctx.accountId, ruleId]);
  if (!rule) return undefined;
  const rows = await ctx.tx.run<{ id: string }>('select id from cases where account_id = $1 and shelf = any($2) and import_version is distinct from version and ($3::uuid is null or id > $3) order by id limit $4', [ctx.accountId, SHELVES[rule.since_what] ?? [], rule.fill_after, limit]);
  const last = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
  await ctx.tx.run('update rule set fill_after = $3, is_filling = $4 where account_id = $1 and id = $2', [ctx.accountId, ruleId, last, last !== null]);
  return rows.map((row) => row.id);
}
