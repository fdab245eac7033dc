import type { Ctx } from '../platform/context.ts';
import { deleteDemoRecords } from './store.ts';

/** Removes the rows of the demo company; the only rows that ever leave the ledger, since they prove nothing about real mail. Answers the stored messages they pointed to. */
export function removeDemoRecords(ctx: Ctx): Promise<string[]> {
  return deleteDemoRecords(ctx);
}
