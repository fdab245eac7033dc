import type { QueryOf, ResponseOf, accounts } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { selectAudit } from './audit-store.ts';

/** The audit log, newest first, a page at a time. */
export async function listAudit(ctx: Ctx, query: QueryOf<typeof accounts.listAudit>): Promise<ResponseOf<typeof accounts.listAudit>> {
  mustBeAllowed(ctx.actor, 'audit.read');
  const position = readCursor(query.cursor, 'audit', 1);
  const rows = await selectAudit(ctx.tx, ctx.accountId, position && uuidIn(position[0]), query.limit + 1);
  const items = rows.slice(0, query.limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.id], 'audit') : null };
}
