import { addFollowers, addNote, getCase, sendAutomatically, updateCase } from '../../cases/index.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { renderMacro } from '../macros/render-macro.ts';
import { findWhomToAnswer, selectServing, setLastAgent, type RuleFacts } from './facts-store.ts';
import type { RulePlan } from './plan-actions.ts';
import type { RuleRecord } from './rule-store.ts';
import { countAnswers } from './run-store.ts';

// As for confirmations of receipt: a program that pretends to be a person must not get us to write for ever.
const MOST_ANSWERS_AN_HOUR = 3;

async function chooseAgent(ctx: Ctx, rule: RuleRecord, how: 'round_robin' | 'least_open', teamId: string | null): Promise<string | undefined> {
  const serving = await selectServing(ctx, teamId);
  if (how === 'least_open') return serving.toSorted((a, b) => a.open - b.open)[0]?.id;
  const last = rule.last_agent_id;
  const next = (serving.find((one) => last === null || one.id > last) ?? serving[0])?.id;
  if (next !== undefined) {
    await setLastAgent(ctx, rule.id, next);
    rule.last_agent_id = next;
  }
  return next;
}

/** How the saved reply reads for the customer, with the eyes of whoever wrote the rule. Text with gaps is not sent to anybody; nor is the author's name, because they have not written to this customer. */
async function textOf(ctx: Ctx, author: AgentActor, caseId: string, macroId: string): Promise<string> {
  const rendered = await renderMacro({ ...ctx, actor: { ...author, name: '' } } as Ctx & { actor: AgentActor }, { caseId, macroId });
  if (rendered.text.trim() === '' || rendered.missing.length > 0 || rendered.unknown.length > 0) throw new Refusal('invalid_request', `The saved reply has gaps: ${[...rendered.missing, ...rendered.unknown].join(', ') || 'no text'}.`);
  return rendered.text;
}

async function answer(ctx: Ctx, author: AgentActor, facts: RuleFacts, macroId: string): Promise<string | null> {
  const whom = await findWhomToAnswer(ctx, facts.caseId);
  if (!whom) return 'nobody_to_answer';
  if (whom.isAutomatic || (facts.message?.automatic ?? null) !== null) return 'automatic_mail';
  if ((await countAnswers(ctx, facts.customerId, new Date(ctx.clock.now().getTime() - 3_600_000))) >= MOST_ANSWERS_AN_HOUR) return 'answered_often';
  await sendAutomatically(ctx, { caseId: facts.caseId, text: await textOf(ctx, author, facts.caseId, macroId), to: whom.addresses });
  return null;
}

/** Does what a rule has planned through the verbs of the desk, as the system. Answers why the customer was not written to, when that was asked for and was not done. Refuses what the verbs refuse. */
export async function act(ctx: Ctx, rule: RuleRecord, author: AgentActor, facts: RuleFacts, plan: RulePlan): Promise<string | null> {
  const as: Ctx = { ...ctx, actor: { kind: 'system', name: 'rules', label: rule.name } };
  const notAnswered = plan.replyWith === undefined ? null : await answer(as, author, facts, plan.replyWith);
  if (plan.note !== undefined || plan.notify.length > 0) await addNote(as, { caseId: facts.caseId, text: plan.note ?? rule.name, mentionIds: [...plan.notify] });
  const update = { ...plan.update };
  if (plan.choose !== undefined) {
    const agentId = await chooseAgent(as, rule, plan.choose, update.teamId === undefined ? facts.teamId : update.teamId);
    if (agentId !== undefined) update.assigneeId = agentId;
  }
  if (Object.keys(update).length > 0) await updateCase(as, facts.caseId, update);
  if (plan.addFollowers.length > 0) await addFollowers(as, facts.caseId, plan.addFollowers);
  if (plan.callWebhook !== undefined) {
    const { version, team, assignee } = await getCase(as, facts.caseId);
    await announce(as, 'rule.called', { caseId: facts.caseId, version, scope: { teamIds: [team?.id ?? null], assigneeIds: [assignee?.id ?? null] }, ruleId: rule.id, ruleName: rule.name, endpointId: plan.callWebhook });
  }
  return notAnswered;
}
