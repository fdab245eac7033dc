import type { AgentActor, Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { saveRead } from './detail-store.ts';
import { seeCase } from './see-case.ts';

/** This agent has read up to an entry. The bookmark only moves forward; the agent's other windows hear of it. */
export async function markRead(ctx: Ctx & { actor: AgentActor }, input: { caseId: string; entryId: string }): Promise<void> {
  await seeCase(ctx, input.caseId);
  const { agentId } = ctx.actor;
  if (await saveRead(ctx, agentId, input.caseId, input.entryId)) await announce(ctx, 'case.read', { agentId, caseId: input.caseId, entryId: input.entryId });
}
