import type { LedgerRow, Page } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { selectRecords, type LedgerFilter } from './store.ts';

/** A page of the ledger, newest first: all of it for whoever sees every case, else the messages of the cases in the reader's scope. */
export async function listLedger(ctx: Ctx, query: LedgerFilter & { cursor?: string | undefined; limit: number }): Promise<Page<LedgerRow>> {
  const { cursor, limit, ...filter } = query;
  const binding = ['ledger', filter.direction, filter.outcome, filter.state, filter.inbox];
  const position = readCursor(cursor, binding, 1);
  const rows = await selectRecords(ctx, caseReader(ctx.actor), filter, position && uuidIn(position[0]), limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor([last.id], binding) : null };
}
