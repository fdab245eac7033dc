import { measuredMetrics, type MetricId, type Page, type ReportRow } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { readCursor, timeIn, uuidIn, writeCursor } from '../platform/cursor.ts';
import { settled, type ReportAsked } from './report-source.ts';
import { selectRows, type NumberQuery, type RowOrder } from './row-store.ts';

function amountIn(position: string | undefined): number {
  if (position === undefined || !/^\d{1,15}$/.test(position)) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
  return Number(position);
}
/** Only what was measured can be put in the order of it. */
export const orderOf = ({ metric, order }: { metric: MetricId; order?: RowOrder | undefined }): RowOrder => (measuredMetrics.includes(metric) ? (order ?? 'newest') : 'newest');

/** The cases behind a number of the report, under the same filters and scope: as many rows as the number says. Refuses as `settled` does. */
export async function reportRows(ctx: Ctx, asked: ReportAsked & NumberQuery & { order?: RowOrder; cursor?: string | undefined; limit: number }): Promise<Page<ReportRow>> {
  const { cursor, limit, ...filter } = await settled(ctx, asked);
  const query = { ...filter, order: orderOf(filter) };
  const binding = ['report', JSON.stringify(query)];
  const position = readCursor(cursor, binding, 4);
  const after = position && { at: timeIn(position[0]), amount: amountIn(position[1]), caseId: uuidIn(position[2]), entryId: uuidIn(position[3]) };
  const rows = await selectRows(ctx, query, after, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ caseId: row.case_id, number: Number(row.number), subject: row.subject, at: row.at.toISOString(), amount: measuredMetrics.includes(query.metric) ? Number(row.amount) : null })),
    nextCursor: rows.length > limit && last ? writeCursor([last.at.toISOString(), String(last.amount), last.case_id, last.entry_id], binding) : null,
  };
}
