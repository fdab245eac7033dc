import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { emptyDraft, type DraftRow } from './draft-store.ts';

/** What was written has become a message or waits to be sent: the agent's draft is empty, and their other devices hear of it. */
export async function clearDraft(ctx: Ctx, caseId: string, mode: DraftRow['mode']): Promise<void> {
  if (ctx.actor.kind !== 'agent') return;
  const { agentId } = ctx.actor;
  const revision = await emptyDraft(ctx, caseId, agentId, mode);
  if (revision !== undefined) await announce(ctx, 'draft.saved', { agentId, caseId, mode, revision });
}
