import type { RuleContent, RuleOutcome } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';

export interface NewRun {
  ruleId: string;
  version: number;
  caseId: string;
  eventId: string | null;
  cause: string;
  outcome: RuleOutcome;
  reason: string | null;
  outcomes: boolean[][];
}

/** Writes down what became of a rule on a case. */
export async function insertRun(ctx: Ctx, run: NewRun): Promise<void> {
  const now = ctx.clock.now();
  await ctx.tx.run(
    'insert into rule_run (account_id, id, rule_id, rule_version, case_id, event_id, cause, outcome, reason, outcomes, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    [ctx.accountId, newId(), run.ruleId, run.version, run.caseId, run.eventId, run.cause, run.outcome, run.reason, JSON.stringify(run.outcomes), now],
  );
  if (run.outcome === 'held_back') return;
  await ctx.tx.run('insert into rule_tally (account_id, rule_id, fired, failed, last_at) values ($1, $2, $3, $4, $5)', [ctx.accountId, run.ruleId, run.outcome === 'failed' ? 0 : 1, run.outcome === 'failed' ? 1 : 0, now]);
}

/** How often a rule did something on a case since then, counted no further than `most`. */
export async function countRuns(ctx: Ctx, ruleId: string, caseId: string, since: Date, most: number): Promise<number> {
  const [row] = await ctx.tx.run<{ n: number }>(
    `select count(*)::int as n from (select 1 from rule_run where account_id = $1 and case_id = $2 and rule_id = $3 and at > $4 and outcome = 'fired' limit $5) one`,
    [ctx.accountId, caseId, ruleId, since, most],
  );
  return row?.n ?? 0;
}

/** Automatic messages that rules sent to a customer since then, on whatever case; a run that did not answer says why. */
export async function countAnswers(ctx: Ctx, customerId: string, since: Date): Promise<number> {
  const [row] = await ctx.tx.run<{ n: number }>(
    `select count(*)::int as n from cases c join rule_run x on x.account_id = c.account_id and x.case_id = c.id join rule_version v on v.account_id = x.account_id and v.rule_id = x.rule_id and v.version = x.rule_version
     where c.account_id = $1 and c.customer_id = $2 and c.last_activity_at > $3 and x.at > $3 and x.outcome = 'fired' and x.reason is null and v.content->'actions' ? 'replyWith'`,
    [ctx.accountId, customerId, since],
  );
  return row?.n ?? 0;
}

/** The rules that led to an event, the first one first; none for what people and customers do. */
export async function findChain(ctx: Ctx, eventId: string): Promise<string[]> {
  const [row] = await ctx.tx.named<{ chain: string[] }>('rule_chain', 'select chain from rule_effect where account_id = $1 and event_id = $2', [ctx.accountId, eventId]);
  return row?.chain ?? [];
}

export async function insertEffects(ctx: Ctx, eventIds: readonly string[], chain: readonly string[]): Promise<void> {
  if (eventIds.length > 0) await ctx.tx.run('insert into rule_effect (account_id, event_id, chain, at) select $1, unnest($2::uuid[]), $3, $4 on conflict do nothing', [ctx.accountId, eventIds, chain, ctx.clock.now()]);
}

export interface RunRow {
  id: string;
  rule_id: string;
  rule_name: string;
  rule_version: number;
  case_id: string;
  number: number;
  subject: string;
  cause: string;
  outcome: RuleOutcome;
  reason: string | null;
  outcomes: boolean[][];
  content: RuleContent;
  at: Date;
}

const RUN = `x.id, x.rule_id, r.name as rule_name, x.rule_version, x.case_id, c.number, c.subject, x.cause, x.outcome, x.reason, x.outcomes, v.content, x.at from rule_run x join rule r on r.account_id = x.account_id and r.id = x.rule_id
  join cases c on c.account_id = x.account_id and c.id = x.case_id join rule_version v on v.account_id = x.account_id and v.rule_id = x.rule_id and v.version = x.rule_version`;

export function selectRuns(ctx: Ctx, of: { ruleId?: string | undefined; caseId?: string | undefined }, below: string | null, limit: number): Promise<RunRow[]> {
  const where = of.ruleId === undefined ? 'x.case_id = $2' : 'x.rule_id = $2';
  return ctx.tx.run(`select ${RUN} where x.account_id = $1 and ${where} and ($3::uuid is null or x.id < $3) order by x.id desc limit $4`, [ctx.accountId, of.ruleId ?? of.caseId, below, limit]);
}

/** What one rule does is a part of the transaction that can be undone by itself. */
export const beginPart = async (ctx: Ctx): Promise<void> => void (await ctx.tx.run('savepoint rule'));
export const keepPart = async (ctx: Ctx): Promise<void> => void (await ctx.tx.run('release savepoint rule'));
export const undoPart = async (ctx: Ctx): Promise<void> => void (await ctx.tx.run('rollback to savepoint rule'));
