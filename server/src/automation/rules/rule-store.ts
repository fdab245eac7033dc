import type { RuleContent } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface RuleRecord {
  id: string;
  name: string;
  content: RuleContent;
  is_on: boolean;
  position: number;
  version: number;
  updated_at: Date;
  updated_by_id: string | null;
  /** The key it was written with last; null when by hand. */
  api_key_id: string | null;
  updated_by_name: string;
  off_because: string | null;
  last_agent_id: string | null;
  removed_at: Date | null;
  fired: number;
  failed: number;
  last_at: Date | null;
}

const RULE = `r.id, r.name, r.content, r.is_on, r.position, r.version, r.updated_at, r.updated_by_id, r.api_key_id, r.updated_by_name, r.off_because, r.last_agent_id, r.removed_at, coalesce(t.fired, 0)::int as fired, coalesce(t.failed, 0)::int as failed, t.last_at
  from rule r left join lateral (select sum(fired) as fired, sum(failed) as failed, max(last_at) as last_at from rule_tally where account_id = $1 and rule_id = r.id) t on true`;
const BARE = 'id, name, content, is_on, position, version, updated_at, updated_by_id, api_key_id, updated_by_name, off_because, last_agent_id, removed_at, 0 as fired, 0 as failed, null::timestamptz as last_at from rule';

export function selectRules(ctx: Ctx): Promise<RuleRecord[]> {
  return ctx.tx.run(`select ${RULE} where r.account_id = $1 and r.removed_at is null order by r.position, r.id`, [ctx.accountId]);
}

/** The latest first. */
export function selectRemovedRules(ctx: Ctx): Promise<RuleRecord[]> {
  return ctx.tx.run(`select ${RULE} where r.account_id = $1 and r.removed_at is not null order by r.removed_at desc, r.id`, [ctx.accountId]);
}

/** Rules that are switched on, in order. */
export function selectRulesOn(ctx: Ctx): Promise<RuleRecord[]> {
  return ctx.tx.named('rules_on', `select ${BARE} where account_id = $1 and is_on order by position, id`, [ctx.accountId]);
}

/** Removed ones as well. */
export async function findRule(ctx: Ctx, ruleId: string): Promise<RuleRecord | undefined> {
  const [row] = await ctx.tx.run<RuleRecord>(`select ${RULE} where r.account_id = $1 and r.id = $2`, [ctx.accountId, ruleId]);
  return row;
}

/** Holds a rule that is not removed until the transaction ends. */
export async function lockRule(ctx: Ctx, ruleId: string): Promise<RuleRecord | undefined> {
  const [row] = await ctx.tx.run<RuleRecord>(`select ${BARE} where account_id = $1 and id = $2 and removed_at is null for no key update`, [ctx.accountId, ruleId]);
  return row;
}

export interface RuleWrite {
  id: string;
  name: string;
  content: RuleContent;
  isOn: boolean;
  version: number;
  byId: string | null;
  apiKeyId: string | null;
  byName: string;
  offBecause: string | null;
}

/** The rule as it is from now on, and this version of it for good. A rule on time looks through the cases there are anew. */
export async function writeRule(ctx: Ctx, rule: RuleWrite): Promise<void> {
  const { trigger } = rule.content;
  const time = trigger.on === 'time' ? trigger : undefined;
  const now = ctx.clock.now();
  await ctx.tx.run(
    `insert into rule (account_id, id, name, content, is_on, position, version, since_what, since_hours, is_filling, off_because, created_at, updated_at, updated_by_id, updated_by_name, api_key_id)
     values ($1, $2, $3, $4, $5, (select coalesce(max(position), 0) + 1 from rule where account_id = $1), $6, $7, $8, $9, $10, $11, $11, $12, $13, $14)
     on conflict (account_id, id) do update set name = excluded.name, content = excluded.content, is_on = excluded.is_on, version = excluded.version, since_what = excluded.since_what, since_hours = excluded.since_hours,
       is_filling = excluded.is_filling, fill_after = null, off_because = excluded.off_because, updated_at = excluded.updated_at, updated_by_id = excluded.updated_by_id, updated_by_name = excluded.updated_by_name, api_key_id = excluded.api_key_id`,
    [ctx.accountId, rule.id, rule.name, JSON.stringify(rule.content), rule.isOn, rule.version, time?.since ?? null, time?.hours ?? null, rule.isOn && time !== undefined, rule.offBecause, now, rule.byId, rule.byName, rule.apiKeyId],
  );
  await ctx.tx.run('delete from rule_timer where account_id = $1 and rule_id = $2', [ctx.accountId, rule.id]);
  await ctx.tx.run(
    'insert into rule_version (account_id, rule_id, version, name, content, is_on, changed_by_id, changed_by_name, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [ctx.accountId, rule.id, rule.version, rule.name, JSON.stringify(rule.content), rule.isOn, rule.byId, rule.byName, now],
  );
}

/** From now on it does nothing and is in no list; it stays for its log. */
export async function retireRule(ctx: Ctx, ruleId: string): Promise<void> {
  await ctx.tx.run('update rule set removed_at = $3, is_on = false, is_filling = false where account_id = $1 and id = $2', [ctx.accountId, ruleId, ctx.clock.now()]);
  await ctx.tx.run('delete from rule_timer where account_id = $1 and rule_id = $2', [ctx.accountId, ruleId]);
}

export async function writeOrder(ctx: Ctx, ruleIds: readonly string[]): Promise<void> {
  await ctx.tx.run('update rule r set position = o.n from unnest($2::uuid[]) with ordinality o(id, n) where r.account_id = $1 and r.id = o.id', [ctx.accountId, ruleIds]);
}

export interface RuleVersionRow {
  version: number;
  name: string;
  content: RuleContent;
  is_on: boolean;
  changed_by_name: string;
  changed_at: Date;
}

export function selectRuleVersions(ctx: Ctx, ruleId: string, below: number, limit: number): Promise<RuleVersionRow[]> {
  return ctx.tx.run('select version, name, content, is_on, changed_by_name, changed_at from rule_version where account_id = $1 and rule_id = $2 and version < $3 order by version desc limit $4', [ctx.accountId, ruleId, below, limit]);
}

/** Over all accounts: many rows of a rule become one. Rows that are written meanwhile stay. */
export async function foldTally(tx: Tx): Promise<void> {
  await tx.run(
    `with many as (select account_id, rule_id from rule_tally group by account_id, rule_id having count(*) > 1),
     gone as (delete from rule_tally u using many where u.account_id = many.account_id and u.rule_id = many.rule_id returning u.account_id, u.rule_id, u.fired, u.failed, u.last_at)
     insert into rule_tally (account_id, rule_id, fired, failed, last_at) select account_id, rule_id, sum(fired)::int, sum(failed)::int, max(last_at) from gone group by account_id, rule_id`,
  );
}

/** Clears away what is older; answers how many rows went. */
export async function deleteOldRuns(tx: Tx, runsBefore: Date, effectsBefore: Date, limit: number): Promise<number> {
  const runs = await tx.run('delete from rule_run where (account_id, id) in (select account_id, id from rule_run where at < $1 limit $2) returning 1', [runsBefore, limit]);
  const effects = await tx.run('delete from rule_effect where (account_id, event_id) in (select account_id, event_id from rule_effect where at < $1 limit $2) returning 1', [effectsBefore, limit]);
  // Removed before the oldest run there is: nothing tells of it any more.
  const rules = await tx.run('delete from rule where (account_id, id) in (select account_id, id from rule where removed_at < $1 limit $2) returning 1', [runsBefore, limit]);
  return runs.length + effects.length + rules.length;
}
