import { findAgentAccess, getAgentByEmail } from '../accounts/index.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';

/** The agent with this address as whoever acts: what is done then stands under their name, within what their role may do. Throws when they are not active. */
export async function asAgent(ctx: Ctx, email: string): Promise<Ctx & { actor: AgentActor }> {
  const { id } = await getAgentByEmail(ctx, email);
  const access = await findAgentAccess(ctx, id);
  if (!access?.isActive) throw new Error(`${email} is not active.`);
  const { name, permissions, caseScope, teamIds } = access;
  return { ...ctx, actor: { kind: 'agent', agentId: id, name, permissions, caseScope, teamIds, address: 'command line' } };
}
