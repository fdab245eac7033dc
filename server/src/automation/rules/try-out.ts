import type { RuleContent, RuleTrial } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { judge } from './conditions.ts';
import { findFacts, selectCasesSince } from './facts-store.ts';
import { planActions, type RulePlan } from './plan-actions.ts';
import { mustRule } from './rules.ts';

const PAGE = 100;
const told = (value: unknown): string | null => (value === null || value === undefined ? null : Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value));

function changesOf(plan: RulePlan, stops: boolean): RuleTrial['changes'] {
  return [
    ...Object.entries(plan.update).map(([what, to]) => ({ what, to: told(to) })), ...(plan.choose === undefined ? [] : [{ what: 'assign', to: plan.choose }]), ...(plan.note === undefined ? [] : [{ what: 'note', to: plan.note.slice(0, 200) }]),
    ...plan.notify.map((id) => ({ what: 'notify', to: id })), ...plan.addFollowers.map((id) => ({ what: 'addFollowers', to: id })), ...(plan.callWebhook === undefined ? [] : [{ what: 'callWebhook', to: plan.callWebhook }]), ...(plan.replyWith === undefined ? [] : [{ what: 'replyWith', to: plan.replyWith }]), ...(stops ? [{ what: 'stop', to: null }] : []),
  ];
}

/**
 * On which cases that began since then a rule would act, and how, newest first, a hundred looked at with each call. The cases are taken as they are now, with the newest message of the customer:
 * what a case was like when it began is not told anew. Nothing happens.
 */
export async function tryOutRule(ctx: Ctx & { actor: AgentActor }, input: { content: RuleContent; since: string; cursor?: string | undefined }): Promise<{ items: RuleTrial[]; looked: number; nextCursor: string | null }> {
  mustRule(ctx.actor);
  const [below] = readCursor(input.cursor, input.since, 1) ?? [];
  const cases = await selectCasesSince(ctx, new Date(input.since), below === undefined ? null : uuidIn(below), PAGE);
  const items: RuleTrial[] = [];
  const now = ctx.clock.now();
  const stops = input.content.actions.stop === true;
  for (const { id } of cases) {
    const facts = await findFacts(ctx, id, null);
    if (!facts || facts.isAside || facts.status === 'closed') continue;
    const { holds, outcomes } = judge(input.content.groups, facts, now);
    const plan = planActions(input.content.actions, facts, now);
    if (!holds || (plan.isEmpty && !stops)) continue;
    items.push({ case: { id, number: facts.number, subject: facts.subject }, at: facts.createdAt.toISOString(), changes: changesOf(plan, stops), outcomes });
  }
  const last = cases.at(-1);
  return { items, looked: cases.length, nextCursor: cases.length === PAGE && last ? writeCursor([last.id], input.since) : null };
}
