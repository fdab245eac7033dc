import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { findEntry } from './entry-store.ts';
import { seeCase } from './see-case.ts';

/** Where the bytes of a message are kept, for whoever may see its case; null when none are. Throws `not_found`. */
export async function getRawKey(ctx: Ctx, caseId: string, entryId: string): Promise<string | null> {
  const record = await seeCase(ctx, caseId);
  const entry = await findEntry(ctx, record.id, entryId);
  if (entry?.kind !== 'message') throw new Refusal('not_found', 'This message does not exist.');
  return entry.raw_key;
}
