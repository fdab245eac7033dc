import type { Permission, RuleActions, RuleContent } from '@rapport/contract';
import { findAgentAccess, findKeyAccess } from '../../accounts/index.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';

/** Whoever wrote a rule last, as they are today, or why there is nobody any more: they have left, or the key it was written with is gone. */
export type Author = AgentActor | 'author_gone' | 'key_gone';

/** What somebody needs to do by hand what these actions do. */
export function permissionsOf(actions: RuleActions): Permission[] {
  const needs: [boolean, Permission][] = [
    [[actions.status, actions.priority, actions.kind, actions.addTags, actions.removeTags, actions.fields, actions.snoozeHours].some((one) => one !== undefined), 'case.edit'],
    [actions.teamId !== undefined || actions.assign !== undefined, 'case.assign'], [actions.note !== undefined || actions.notify !== undefined || actions.addFollowers !== undefined, 'case.note'],
    [actions.replyWith !== undefined, 'case.reply'], [actions.callWebhook !== undefined, 'webhook.manage'],
  ];
  return needs.flatMap(([isNeeded, permission]) => (isNeeded ? [permission] : []));
}

/** What was written with a key never reaches further than the key, nor lives longer. */
export async function findAuthor(ctx: Ctx, rule: { updated_by_id: string | null; api_key_id: string | null }): Promise<Author> {
  const { updated_by_id: authorId, api_key_id: apiKeyId } = rule;
  const access = apiKeyId !== null ? await findKeyAccess(ctx, apiKeyId, ctx.clock.now()) : authorId === null ? undefined : await findAgentAccess(ctx, authorId);
  if (!access && apiKeyId !== null) return 'key_gone';
  if (!access?.isActive) return 'author_gone';
  const { agentId: id, name, permissions, caseScope, teamIds } = access;
  return { kind: 'agent', agentId: id, name, permissions, caseScope, teamIds, address: 'rule', ...(apiKeyId === null ? {} : { apiKeyId }) };
}

/** Why a rule may not act for its author today; null when it may. Nobody acts through a rule beyond what they could do themselves. */
export function troubleOf(author: Author, content: RuleContent): 'author_gone' | 'key_gone' | 'author_may_not' | null {
  if (typeof author === 'string') return author;
  const needed: Permission[] = ['case.read', 'rule.manage', ...permissionsOf(content.actions)];
  return author.caseScope === 'all' && needed.every((permission) => author.permissions.has(permission)) ? null : 'author_may_not';
}
