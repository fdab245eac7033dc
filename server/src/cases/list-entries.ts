import type { Entry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { selectAfter, selectBefore } from './entry-store.ts';
import { seeCase } from './see-case.ts';
import { shapeEntry } from './shape-entry.ts';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A page of the timeline, oldest first: the newest, the one before an entry, or what came after one. */
export async function listEntries(ctx: Ctx, query: { caseId: string; before?: string | undefined; after?: string | undefined; limit: number }): Promise<{ items: Entry[]; hasEarlier: boolean; hasLater: boolean }> {
  await seeCase(ctx, query.caseId);
  if (query.after !== undefined) {
    const rows = await selectAfter(ctx, query.caseId, query.after, query.limit + 1);
    return { items: rows.slice(0, query.limit).map(shapeEntry), hasEarlier: true, hasLater: rows.length > query.limit };
  }
  const rows = await selectBefore(ctx, query.caseId, query.before ?? LAST_ID, query.limit + 1);
  return { items: rows.slice(-query.limit).map(shapeEntry), hasEarlier: rows.length > query.limit, hasLater: query.before !== undefined };
}
