import type { Agent } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { mustHaveProved } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { voidLinks } from '../mail/link-store.ts';
import { selectLinkOfAgent } from '../oidc/oidc-store.ts';
import { deleteSessionsOfAgent } from '../sign-in/session-store.ts';
import { countActiveAdmins, lockAgent, selectAgent, updateAgentRow, type AgentRow, type AgentState } from './agent-store.ts';
import { setExternalId } from './external-id.ts';
import { isPowerful, mayGive, mayOpenTeams, rightsOf } from './giving.ts';
import { agentOf, getAgentRow } from './list-agents.ts';
import { selectRole, selectRoleByKey } from './role-store.ts';
import { setTeamsOfAgent } from './team-store.ts';

export interface UpdateAgent {
  name?: string | undefined;
  roleId?: string | undefined;
  teamIds?: readonly string[] | undefined;
  isDisabled?: boolean | undefined;
  /** Who takes over the open cases of somebody who is disabled; null for nobody. */
  casesTo?: string | null | undefined;
  /** What another program calls this person; null takes it away. */
  externalId?: string | null | undefined;
}

function stateAfter(agent: AgentRow, hasLink: boolean, isDisabled: boolean | undefined): AgentState {
  if (isDisabled === true) return 'disabled';
  if (isDisabled === false && agent.state === 'disabled') return agent.login_id !== null || agent.is_bot || hasLink ? 'active' : 'invited';
  return agent.state;
}

async function changeRole(ctx: Ctx, roleId: string): Promise<void> {
  const role = await selectRole(ctx.tx, ctx.accountId, roleId);
  if (!role) throw new Refusal('not_found', 'This role does not exist.');
  mayGive(ctx, rightsOf(role));
  if (isPowerful(rightsOf(role))) mustHaveProved(ctx.actor, ctx.clock.now());
}

/** Whoever takes over must be there, and there must be something to take over. */
async function mustBeSuccessor(ctx: Ctx, before: AgentRow, { casesTo, isDisabled }: UpdateAgent): Promise<void> {
  if (casesTo === undefined || casesTo === null) return;
  if (isDisabled !== true) throw new Refusal('invalid_request', 'body.casesTo: Only cases of somebody who is being disabled are taken over.');
  if (before.state === 'disabled') throw new Refusal('invalid_request', 'body.casesTo: They have left already, and their cases went back to the teams. Assign those you want to give to somebody.');
  const successor = casesTo === before.id ? undefined : await selectAgent(ctx.tx, ctx.accountId, casesTo);
  if (successor?.state !== 'active') throw new Refusal('invalid_request', 'body.casesTo: Choose somebody else who works here.');
}

/** What the audit log says was changed; one action for each kind, so that it can be searched. */
function deed(before: AgentRow, state: AgentState): string {
  if (state === before.state) return 'agent.changed';
  return state === 'disabled' ? 'agent.disabled' : 'agent.enabled';
}

/**
 * Changes an agent. A disabled agent is out at once: sessions end, links are void, keys stop working, and what they had open goes to others. Refuses to touch people with more rights than the actor's, and to
 * leave the account without an admin who can sign in.
 */
export async function updateAgent(ctx: Ctx, agentId: string, input: UpdateAgent): Promise<Agent> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const { tx, accountId } = ctx;
  // All who might take away the last admin queue up here; otherwise two admins could remove each other in the same moment.
  await selectRoleByKey(tx, accountId, 'admin', { lock: true });
  const before = await lockAgent(tx, accountId, agentId);
  if (!before) throw new Refusal('not_found', 'This agent does not exist.');
  mayGive(ctx, rightsOf(before));
  if (input.roleId !== undefined && input.roleId !== before.role_id) await changeRole(ctx, input.roleId);
  if (input.teamIds) await mayOpenTeams(ctx, input.teamIds.filter((id) => !before.team_ids.includes(id)));
  await mustBeSuccessor(ctx, before, input);
  const state = stateAfter(before, (await selectLinkOfAgent(tx, accountId, agentId)) !== undefined, input.isDisabled);
  await updateAgentRow(tx, accountId, agentId, { state, ...(input.name === undefined ? {} : { name: input.name }), ...(input.roleId === undefined || input.roleId === before.role_id ? {} : { roleId: input.roleId, roleSince: ctx.clock.now() }) });
  if (input.externalId !== undefined) await setExternalId(ctx, agentId, input.externalId);
  if (input.teamIds) await setTeamsOfAgent(tx, accountId, agentId, input.teamIds);
  if (state === 'disabled') {
    await deleteSessionsOfAgent(tx, accountId, agentId);
    await voidLinks(tx, accountId, agentId, 'invitation', ctx.clock.now());
    await voidLinks(tx, accountId, agentId, 'reset', ctx.clock.now());
  }
  const wasAdmin = before.role_key === 'admin' && before.state === 'active';
  if (wasAdmin && (await countActiveAdmins(tx, accountId)) === 0) throw new Refusal('last_admin', 'Make somebody else an admin first.');
  const after = await getAgentRow(ctx, agentId);
  await recordAudit(ctx, deed(before, state), {
    target: after.email,
    detail: { changedId: agentId, ...(after.role_id === before.role_id ? {} : { role: after.role_name, roleBefore: before.role_name }), ...(input.teamIds ? { teamIds: after.team_ids } : {}), ...(input.externalId === undefined ? {} : { externalId: input.externalId }), ...(input.casesTo ? { casesTo: input.casesTo } : {}) },
  });
  await announce(ctx, 'people.changed', { agentId });
  if (state !== before.state && state === 'disabled') await announce(ctx, 'agent.left', { agentId, casesTo: input.casesTo ?? null, byId: ctx.actor.kind === 'agent' ? ctx.actor.agentId : null });
  if (state !== before.state && before.state === 'disabled') await announce(ctx, 'agent.returned', { agentId });
  return agentOf(after);
}
