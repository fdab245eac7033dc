import type { Ctx } from '../platform/context.ts';
import { deleteDemoCases } from './demo-store.ts';

/**
 * Removes up to `limit` cases of the demo company with everything on them. Answers how many there were and which stored files they had; call it in transactions of
 * its own until it answers 0. The files stay: the same bytes may be on a real case, so `deleteUnusedFiles` looks.
 */
export function removeDemoCases(ctx: Ctx, limit: number): Promise<{ removed: number; fileKeys: string[] }> {
  return deleteDemoCases(ctx, limit);
}
