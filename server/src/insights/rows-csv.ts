import { measuredMetrics, metrics } from '@rapport/contract';
import { linesOf } from '../platform/csv.ts';
import type { RowQuery, WideRow } from './row-store.ts';

/** The head of the table; with the mark by which spreadsheets know that it is UTF-8. */
export function headOf({ metric }: RowQuery): string {
  const amount = measuredMetrics.includes(metric) ? [metrics[metric].unit] : [];
  return `\uFEFF${linesOf([['case', 'subject', 'at', ...amount, 'inbox', 'team', 'agent', 'kind', 'priority', 'channel', 'tags']])}`;
}

/** One line for each row. Whom it counts for is left out for a reader who may not compare agents. */
export function linesOfRows({ metric }: RowQuery, rows: readonly WideRow[], mayCompareAgents: boolean): string {
  return linesOf(rows.map((row) => [
    Number(row.number), row.subject, row.at.toISOString(), ...(measuredMetrics.includes(metric) ? [Number(row.amount)] : []), row.inbox, row.team, mayCompareAgents ? row.agent : null, row.kind, row.priority, row.channel, row.tags.join(', '),
  ]));
}
