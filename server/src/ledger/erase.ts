import type { Ctx } from '../platform/context.ts';
import { eraseRecords } from './store.ts';

/**
 * Empties what a row of the ledger says of a person, by messages that are gone and by patterns of their addresses. The rows stay, so that the sums add up. Answers how many and which stored
 * messages they pointed to.
 */
export function eraseFromLedger(ctx: Ctx, entryIds: readonly string[], patterns: readonly string[]): Promise<{ rows: number; rawKeys: string[] }> {
  return eraseRecords(ctx, entryIds, patterns);
}
