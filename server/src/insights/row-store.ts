import type { MetricId } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { conditions, endOf, measureOf, startOf, startValues, type ReportQuery } from './report-source.ts';

export type RowQuery = ReportQuery & { metric: MetricId; weekday?: number | undefined; hour?: number | undefined };
export interface RowPosition { at: Date; caseId: string; entryId: string }
interface Row { case_id: string; entry_id: string; number: number; subject: string; at: Date; amount: number }

/** What stands behind one number, newest first, below `after`. */
export async function selectRows(ctx: Ctx, query: RowQuery, after: RowPosition | undefined, limit: number): Promise<Row[]> {
  const values = startValues(ctx.accountId);
  const where = [conditions(ctx, query, values)];
  const end = endOf(values, query.to, query.timeZone);
  let source: string;
  if (query.metric === 'backlog') {
    source = `select f.case_id, f.case_id as entry_id, min(f.at) filter (where f.measure = 'created') as at, 1::int8 as amount from insight_fact f
      where ${where.join(' and ')} and f.measure in ('created', 'resolved', 'reopened') and f.at < ${end} group by f.case_id having sum(f.delta) > 0`;
  } else {
    where.push(`f.measure = ${values.of(measureOf[query.metric])}`, `f.at >= ${startOf(values, query.from, query.timeZone)}`, `f.at < ${end}`);
    if (query.weekday !== undefined) where.push(`extract(isodow from f.at at time zone ${values.of(query.timeZone)}) = ${values.of(query.weekday)}`);
    if (query.hour !== undefined) where.push(`extract(hour from f.at at time zone ${values.of(query.timeZone)}) = ${values.of(query.hour)}`);
    source = `select f.case_id, f.entry_id, f.at, f.amount from insight_fact f where ${where.join(' and ')}`;
  }
  const below = after ? `where (r.at, r.case_id, r.entry_id) < (${values.of(after.at)}, ${values.of(after.caseId)}, ${values.of(after.entryId)})` : '';
  return ctx.tx.run<Row>(
    `select r.case_id, r.entry_id, c.number, c.subject, r.at, r.amount from (${source}) r join cases c on c.account_id = $1 and c.id = r.case_id ${below} order by r.at desc, r.case_id desc, r.entry_id desc limit ${values.of(limit)}`,
    values.list,
  );
}
