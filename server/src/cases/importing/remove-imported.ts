import { purgeFromLedger } from '../../ledger/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { deleteFilesLater } from '../../platform/files/delete-unused.ts';
import { countImported, deleteImported } from './import-store.ts';

/** How many cases an import made that are still there, and on how many somebody has worked since. */
export function countImportedCases(ctx: Ctx, importId: string): Promise<{ cases: number; touched: number }> {
  return countImported(ctx, importId);
}

/**
 * Removes up to `limit` cases an import made, with everything on them; call it in transactions of its own until it answers 0. The ledger keeps its rows and says that the messages are gone; stored
 * files that nothing else needs go after the commit.
 */
export async function removeImportedCases(ctx: Ctx, importId: string, options: { keepTouched: boolean; limit: number }): Promise<number> {
  const { removed, messageIds, fileKeys } = await deleteImported(ctx, importId, options.keepTouched, options.limit);
  if (removed === 0) return 0;
  await deleteFilesLater(ctx, [...fileKeys, ...(await purgeFromLedger(ctx, messageIds))]);
  return removed;
}
