import { announce } from '../../platform/events/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { aboutCase } from '../announce-case.ts';
import type { CaseRecord } from '../case-store.ts';
import type { MovedDraft } from './move-store.ts';

/** Tells those who look at either case, and the agents whose drafts went along. Whoever hears of the one case may only learn the other's id, which tells nothing. */
export async function announceMove(ctx: Ctx, move: { id: string; kind: 'merge' | 'split' | 'undo'; from: CaseRecord; to: CaseRecord; isMerged: boolean; drafts?: readonly MovedDraft[] }): Promise<void> {
  const { from, to } = move;
  await announce(ctx, 'case.moved', { ...aboutCase(from, to), toCaseId: to.id, moveId: move.id, kind: move.kind, isMerged: move.isMerged });
  await announce(ctx, 'case.changed', { ...aboutCase(from), fields: ['status', 'shelf'] });
  await announce(ctx, 'case.changed', { ...aboutCase(to), fields: ['status', 'shelf'] });
  for (const { agentId, mode, revision } of move.drafts ?? []) {
    await announce(ctx, 'draft.saved', { agentId, caseId: to.id, mode, revision });
  }
}
