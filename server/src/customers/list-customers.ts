import type { Customer, Page } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { readSearchTerms, tsqueryOf } from '../platform/search-words.ts';
import { selectMatching, selectNewest, selectOfOrganization } from './store.ts';

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface CustomerQuery {
  q?: string | undefined;
  organization?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** A page of customers, newest first; with `q` those whose name or addresses have all its words, with `organization` those who belong to it. */
export async function listCustomers(ctx: Ctx, query: CustomerQuery): Promise<Page<Customer>> {
  const binding = ['customers', query.q, query.organization];
  const position = readCursor(query.cursor, binding, 1);
  const before = position ? uuidIn(position[0]) : NEWEST;
  const rows = await select(ctx, query, before);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.id], binding) : null };
}

async function select(ctx: Ctx, query: CustomerQuery, before: string): Promise<Customer[]> {
  const reader = caseReader(ctx.actor);
  const limit = query.limit + 1;
  if (query.organization !== undefined) return selectOfOrganization(ctx, reader, query.organization, before, limit);
  if (query.q === undefined || query.q === '') return selectNewest(ctx, reader, before, limit);
  const terms = readSearchTerms(query.q);
  return terms.length === 0 ? [] : selectMatching(ctx, reader, tsqueryOf(terms), before, limit);
}
