import type { Entry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { selectAfter, selectBefore } from './entry-store.ts';
import { seeCase } from './see-case.ts';
import { shapeEntry } from './shape-entry.ts';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * A page of the timeline, oldest first: the newest, the one before an entry, or what came after one. Where messages are very long it has fewer entries than `limit`; `hasEarlier`
 * and `hasLater` say whether there are more.
 */
export async function listEntries(ctx: Ctx, query: { caseId: string; before?: string | undefined; after?: string | undefined; limit: number }): Promise<{ items: Entry[]; hasEarlier: boolean; hasLater: boolean }> {
  await seeCase(ctx, query.caseId);
  if (query.after !== undefined) {
    const { rows, hasMore } = await selectAfter(ctx, query.caseId, query.after, query.limit);
    return { items: rows.map(shapeEntry), hasEarlier: true, hasLater: hasMore };
  }
  const { rows, hasMore } = await selectBefore(ctx, query.caseId, query.before ?? LAST_ID, query.limit);
  return { items: rows.map(shapeEntry), hasEarlier: hasMore, hasLater: query.before !== undefined };
}
