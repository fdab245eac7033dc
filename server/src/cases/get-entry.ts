import type { Entry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { findEntry } from './entry-store.ts';
import { seeCase } from './see-case.ts';
import { shapeEntry } from './shape-entry.ts';

/** One entry of a case the actor may see. Throws `not_found`. */
export async function getEntry(ctx: Ctx, caseId: string, entryId: string): Promise<Entry> {
  const record = await seeCase(ctx, caseId);
  const row = await findEntry(ctx, record.id, entryId);
  if (!row) throw new Refusal('not_found', 'This entry does not exist.');
  return shapeEntry(row);
}
