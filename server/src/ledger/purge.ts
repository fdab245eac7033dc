import type { Ctx } from '../platform/context.ts';
import { purgeRecords } from './store.ts';

/**
 * Messages were deleted for good: their rows stay and say so, since what was seen and sent was seen and sent, but their bytes go. Answers the keys of the stored messages that the
 * rows pointed to; the caller removes those that nothing else needs.
 */
export function purgeFromLedger(ctx: Ctx, entryIds: readonly string[]): Promise<string[]> {
  return purgeRecords(ctx, entryIds);
}
