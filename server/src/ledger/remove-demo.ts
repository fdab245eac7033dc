import type { Ctx } from '../platform/context.ts';
import { deleteDemoRecords, selectUsedRaws } from './store.ts';

/** Removes the rows of the demo company; the only rows that ever leave the ledger, since they prove nothing about real mail. Answers the stored messages they pointed to. */
export function removeDemoRecords(ctx: Ctx): Promise<string[]> {
  return deleteDemoRecords(ctx);
}

/** Which of these stored messages a row of the ledger still points to. */
export function rawsInUse(ctx: Ctx, keys: readonly string[]): Promise<string[]> {
  return selectUsedRaws(ctx, keys);
}
