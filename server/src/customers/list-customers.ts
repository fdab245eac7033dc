import type { Customer, Page } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { readSearchTerms, tsqueryOf } from '../platform/search-words.ts';
import { selectMatching, selectNewest } from './store.ts';

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A page of customers, newest first; with `q` those whose name or addresses have all its words. */
export async function listCustomers(ctx: Ctx, query: { q?: string | undefined; cursor?: string | undefined; limit: number }): Promise<Page<Customer>> {
  const binding = ['customers', query.q];
  const position = readCursor(query.cursor, binding, 1);
  const before = position ? uuidIn(position[0]) : NEWEST;
  const isAsked = query.q !== undefined && query.q !== '';
  const terms = isAsked ? readSearchTerms(query.q ?? '') : [];
  if (isAsked && terms.length === 0) return { items: [], nextCursor: null };
  const reader = caseReader(ctx.actor);
  const rows = isAsked ? await selectMatching(ctx, reader, tsqueryOf(terms), before, query.limit + 1) : await selectNewest(ctx, reader, before, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.id], binding) : null };
}
