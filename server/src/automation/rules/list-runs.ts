import type { ResponseOf, rules } from '@rapport/contract';
import { getCase } from '../../cases/index.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { getRule, mustRule } from './rules.ts';
import { selectRuns, type RunRow } from './run-store.ts';

type AgentCtx = Ctx & { actor: AgentActor };
type Runs = ResponseOf<typeof rules.listRuns>;

const shape = (row: RunRow): Runs['items'][number] => ({
  id: row.id, ruleId: row.rule_id, ruleName: row.rule_name, version: row.rule_version, case: { id: row.case_id, number: row.number, subject: row.subject }, cause: row.cause, outcome: row.outcome, reason: row.reason, at: row.at.toISOString(),
  groups: row.content.groups.map((group, g) => ({ match: group.match, conditions: group.conditions.map((condition, c) => ({ condition, held: row.outcomes[g]?.[c] ?? false })) })),
});

async function page(ctx: AgentCtx, of: { ruleId?: string; caseId?: string }, query: { cursor?: string | undefined; limit: number }): Promise<Runs> {
  const key = of.ruleId ?? of.caseId ?? '';
  const [below] = readCursor(query.cursor, key, 1) ?? [];
  const rows = await selectRuns(ctx, of, below === undefined ? null : uuidIn(below), query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items: items.map(shape), nextCursor: rows.length > items.length && last ? writeCursor([last.id], key) : null };
}

/** What a rule did and why, newest first. */
export async function listRuns(ctx: AgentCtx, query: { ruleId: string; cursor?: string | undefined; limit: number }): Promise<Runs> {
  await getRule(ctx, query.ruleId);
  return page(ctx, { ruleId: query.ruleId }, query);
}

/** What rules did on a case and why, newest first. */
export async function listCaseRuns(ctx: AgentCtx, query: { caseId: string; cursor?: string | undefined; limit: number }): Promise<Runs> {
  mustRule(ctx.actor);
  await getCase(ctx, query.caseId);
  return page(ctx, { caseId: query.caseId }, query);
}
