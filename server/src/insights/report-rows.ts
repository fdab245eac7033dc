import type { Page, ReportRow } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { readCursor, timeIn, uuidIn, writeCursor } from '../platform/cursor.ts';
import { daysOf } from './report.ts';
import { selectRows, type RowQuery } from './row-store.ts';

const MEASURED = ['first_response', 'resolution', 'replies'];

/** The cases behind a number of the report, newest first, under the same filters and scope: as many rows as the number says. */
export async function reportRows(ctx: Ctx, query: RowQuery & { cursor?: string | undefined; limit: number }): Promise<Page<ReportRow>> {
  mustBeAllowed(ctx.actor, 'report.read');
  daysOf(query);
  const { cursor, limit, ...filter } = query;
  const binding = ['report', JSON.stringify(filter)];
  const position = readCursor(cursor, binding, 3);
  const after = position && { at: timeIn(position[0]), caseId: uuidIn(position[1]), entryId: uuidIn(position[2]) };
  const rows = await selectRows(ctx, filter, after, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ caseId: row.case_id, number: Number(row.number), subject: row.subject, at: row.at.toISOString(), amount: MEASURED.includes(query.metric) ? Number(row.amount) : null })),
    nextCursor: rows.length > limit && last ? writeCursor([last.at.toISOString(), last.case_id, last.entry_id], binding) : null,
  };
}
