import type { MetricId } from '@rapport/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import type { ReportQuestion } from './filter.ts';

export const reportQuery = (query: ReportQuestion) => queryOptions({ queryKey: ['insights', 'report', query], queryFn: ({ signal }) => client.insights.report({ query, signal }), staleTime: 30_000 });

/** Which number is opened. */
export interface Opened {
  metric: MetricId;
  /** Other filters than the page's: a day, a group, an hour. */
  narrowed?: { from?: string; to?: string; team?: string; inbox?: string; agent?: string; kind?: ReportQuestion['kind'] & string; channel?: string; tag?: string; weekday?: number; hour?: number };
  count: number;
}

export function rowsQuery({ by: _by, ...query }: ReportQuestion, { metric, narrowed }: Opened) {
  return infiniteQueryOptions({
    queryKey: ['insights', 'rows', query, metric, narrowed],
    queryFn: ({ pageParam, signal }) => client.insights.rows({ query: { ...query, ...narrowed, metric, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}
