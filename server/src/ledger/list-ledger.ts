import type { LedgerRow, Page } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { selectRecords, type LedgerFilter } from './store.ts';

/** A page of the ledger, newest first. */
export async function listLedger(ctx: Ctx, query: LedgerFilter & { cursor?: string | undefined; limit: number }): Promise<Page<LedgerRow>> {
  const { cursor, limit, ...filter } = query;
  const binding = ['ledger', filter.direction, filter.outcome, filter.state, filter.inbox];
  const position = readCursor(cursor, binding, 1);
  const rows = await selectRecords(ctx, filter, position && uuidIn(position[0]), limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor([last.id], binding) : null };
}
