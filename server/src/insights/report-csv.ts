import { Readable } from 'node:stream';
import type { Breakdown, Report } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import { linesOf } from '../platform/csv.ts';
import { makeReport } from './report.ts';
import type { ReportAsked } from './report-source.ts';

/** The totals, the groups and the days of a report in one table: part, name, then the numbers. */
export function csvOf(report: Report): string {
  const head = ['part', 'name', 'created', 'received', 'sent', 'resolved', 'reopened', 'backlog', 'first_response_median_s', 'first_response_p90_s', 'full_response_median_s', 'full_response_p90_s', 'resolution_median_s', 'resolution_p90_s', 'replies_per_case', 'reopened_share'];
  const total = (name: string, of: 'value' | 'before') => [
    'total', name, ...(['created', 'received', 'sent', 'resolved', 'reopened', 'backlog'] as const).map((key) => report[key][of]), report.firstResponse.median[of], report.firstResponse.p90[of], report.fullResponse.median[of], report.fullResponse.p90[of], report.resolution.median[of], report.resolution.p90[of], report.replies[of], report.reopenedShare[of],
  ];
  const rows: (string | number | null)[][] = [
    head, total(`${report.from}/${report.to}`, 'value'), total(`${report.beforeFrom}/${report.beforeTo}`, 'before'),
    ...report.groups.map((group) => ['group', group.name, group.created, group.received, group.sent, group.resolved, group.reopened, null, group.firstResponseMedian, null, group.fullResponseMedian, null, group.resolutionMedian, null, null, null]),
    ...report.days.map((day) => ['day', day.day, day.created, day.received, day.sent, day.resolved, day.reopened, day.backlog, null, null, null, null, null, null, null, null]),
  ];
  return `\uFEFF${linesOf(rows)}`;
}

/** The report as CSV; that it was taken is written into the audit log. */
export async function exportReport(ctx: Ctx, query: ReportAsked & { by: Breakdown }): Promise<{ content: Readable; mediaType: string; filename: string }> {
  const report = await makeReport(ctx, query);
  await recordAudit(ctx, 'report.exported', { detail: { from: query.from, to: query.to, by: query.by } });
  return { content: Readable.from([csvOf(report)]), mediaType: 'text/csv; charset=utf-8', filename: `report-${query.from}-${query.to}.csv` };
}
