import type { CaseKind, CasePriority, MetricId } from '@rapport/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import type { ReportQuestion } from './filter.ts';

export const reportQuery = (query: ReportQuestion) => queryOptions({ queryKey: ['insights', 'report', query], queryFn: ({ signal }) => client.insights.report({ query, signal }), staleTime: 30_000 });

export type RowOrder = 'newest' | 'least' | 'most';
/** Which number is opened. */
export interface Opened {
  metric: MetricId;
  /** Other filters than the page's: a day, a group, an hour, an age. */
  narrowed?: { from?: string; to?: string; team?: string; inbox?: string; agent?: string; kind?: CaseKind; channel?: string; priority?: CasePriority; tag?: string; untagged?: 'true'; weekday?: number; hour?: number; age?: number };
}

/** What the rows of a number are asked by. */
export function rowsQuestion({ by: _by, ...query }: ReportQuestion, { metric, narrowed }: Opened) {
  return { ...query, ...narrowed, metric };
}

export function rowsQuery(question: ReportQuestion, opened: Opened, order: RowOrder) {
  const query = rowsQuestion(question, opened);
  return infiniteQueryOptions({
    queryKey: ['insights', 'rows', query, order],
    queryFn: ({ pageParam, signal }) => client.insights.rows({ query: { ...query, order, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}
