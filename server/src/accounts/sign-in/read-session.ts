import type { Session } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectAccount } from '../people/account-store.ts';
import { selectAgent } from '../people/agent-store.ts';
import { selectSignIn } from './session-store.ts';
import { timeZoneOf } from '../people/time-zone.ts';
import { undoSecondsOf } from '../people/undo-seconds.ts';

/** Who somebody is and what they may do, as the workspace needs it; `actor` names the rights (an API key can have fewer than its agent). */
export async function readSession(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock'>, agentId: string, actor: { permissions?: AgentActor['permissions']; caseScope?: AgentActor['caseScope']; sessionId?: string }): Promise<Session> {
  const agent = await selectAgent(ctx.tx, ctx.accountId, agentId);
  const account = await selectAccount(ctx.tx, ctx.accountId);
  if (!agent || !account) throw new Refusal('not_found');
  const signIn = actor.sessionId === undefined ? undefined : await selectSignIn(ctx.tx, ctx.accountId, actor.sessionId);
  return {
    agent: { id: agent.id, name: agent.name, email: agent.email, teamIds: agent.team_ids, roleName: agent.role_name, locale: agent.locale, hasSecondFactor: agent.has_second_factor },
    account: { id: account.id, name: account.name, isDemo: account.is_demo, undoSeconds: undoSecondsOf(account), timeZone: timeZoneOf(account) },
    permissions: [...(actor.permissions ?? agent.permissions)],
    caseScope: actor.caseScope ?? agent.case_scope,
    signIn: signIn ? { method: signIn.method, secondFactorDueAt: signIn.second_factor_due_at?.toISOString() ?? null, isHeldUp: signIn.second_factor_due_at !== null && signIn.second_factor_due_at <= ctx.clock.now() } : null,
  };
}
