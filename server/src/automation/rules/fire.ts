import type { RuleOutcome } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { announce } from '../../platform/events/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { act } from './act.ts';
import { findAuthor, troubleOf } from './author.ts';
import { judge } from './conditions.ts';
import type { RuleFacts } from './facts-store.ts';
import { planActions } from './plan-actions.ts';
import { lockRule, selectRules, writeRule, type RuleRecord } from './rule-store.ts';
import { beginPart, countRuns, insertEffects, insertRun, keepPart, undoPart } from './run-store.ts';

/** How far what rules cause moves other rules, and how often one acts on a case within an hour. */
export const MOST_DEPTH = 3;
export const MOST_AN_HOUR = 5;

export interface Moved {
  /** The event, or null for time. */
  eventId: string | null;
  cause: string;
  /** The rules that led to it. */
  chain: readonly string[];
}

/** Switches off a rule that moves in a circle with others, and says so where rules are kept. */
async function switchOff(ctx: Ctx, rule: RuleRecord, chain: readonly string[]): Promise<void> {
  const held = await lockRule(ctx, rule.id);
  if (!held?.is_on) return;
  const names = new Map((await selectRules(ctx)).map((one) => [one.id, one.name]));
  const others = chain.slice(chain.indexOf(rule.id) + 1).map((id) => names.get(id) ?? '?');
  await writeRule(ctx, { id: held.id, name: held.name, content: held.content, isOn: false, version: held.version + 1, byId: held.updated_by_id, apiKeyId: held.api_key_id, byName: 'Rapport', offBecause: [...new Set(others)].join(', ') });
  await recordAudit(ctx, 'rule.switched_off', { target: held.name, detail: { ruleId: held.id, others: [...new Set(others)] } });
  await announce(ctx, 'rules.changed', {});
}

/**
 * Looks at one rule on a locked case and does what it asks for. Everything it does is undone when a part of it is refused, and the log says why; other rules go on. `looked`: its conditions do not hold,
 * or there is nothing left to do. What a rule itself caused never moves it; when what it caused comes back to it through others, it is switched off.
 */
export async function fire(ctx: Ctx, rule: RuleRecord, facts: RuleFacts, moved: Moved): Promise<{ result: 'looked' | 'acted'; stops: boolean }> {
  const now = ctx.clock.now();
  const { holds, outcomes } = judge(rule.content.groups, facts, now);
  if (!holds) return { result: 'looked', stops: false };
  const stops = rule.content.actions.stop === true;
  const log = (outcome: RuleOutcome, reason: string | null = null) =>
    insertRun(ctx, { ruleId: rule.id, version: rule.version, caseId: facts.caseId, eventId: moved.eventId, cause: moved.cause, outcome, reason, outcomes });
  const plan = planActions(rule.content.actions, facts, now);
  if (moved.chain.at(-1) === rule.id) return { result: 'looked', stops };
  if (plan.isEmpty) {
    if (stops) await log('stopped');
    return { result: stops ? 'acted' : 'looked', stops };
  }
  if (moved.chain.includes(rule.id)) {
    await log('held_back', 'circle');
    await switchOff(ctx, rule, moved.chain);
    return { result: 'looked', stops: false };
  }
  const author = await findAuthor(ctx, rule);
  const held = troubleOf(author, rule.content) ?? (moved.chain.length >= MOST_DEPTH ? 'depth' : (await countRuns(ctx, rule.id, facts.caseId, new Date(now.getTime() - 3_600_000), MOST_AN_HOUR)) >= MOST_AN_HOUR ? 'too_often' : null);
  if (held !== null || typeof author === 'string') {
    await log('held_back', held);
    return { result: 'looked', stops: false };
  }
  const before = ctx.tx.announced.length;
  await beginPart(ctx);
  try {
    const notAnswered = await act(ctx, rule, author, facts, plan);
    await keepPart(ctx);
    await insertEffects(ctx, ctx.tx.announced.slice(before).map((event) => event.id), [...moved.chain, rule.id]);
    await log('fired', notAnswered);
  } catch (error) {
    // A refusal is this rule's own trouble. Anything else may be anybody's (a lost connection, a deadlock), and the whole is run again.
    if (!(error instanceof Refusal)) throw error;
    await undoPart(ctx);
    ctx.tx.announced.length = before;
    await log('failed', `${error.code}: ${error.message}`.slice(0, 500));
    return { result: 'acted', stops: false };
  }
  return { result: 'acted', stops };
}
