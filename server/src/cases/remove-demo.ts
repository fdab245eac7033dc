import type { Ctx } from '../platform/context.ts';
import { deleteDemoCases, selectUsedFiles } from './demo-store.ts';

/**
 * Removes up to `limit` cases of the demo company with everything on them. Answers how many there were and which stored files they had; call it in transactions of
 * its own until it answers 0. The files stay: the same bytes may be on a real case, which `filesInUse` tells.
 */
export function removeDemoCases(ctx: Ctx, limit: number): Promise<{ removed: number; fileKeys: string[] }> {
  return deleteDemoCases(ctx, limit);
}

/** Which of these stored files a message or attachment of the account still needs. */
export function filesInUse(ctx: Ctx, keys: readonly string[]): Promise<string[]> {
  return selectUsedFiles(ctx, keys);
}
