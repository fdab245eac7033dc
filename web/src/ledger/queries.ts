import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import type { LedgerFilter } from './filter.ts';

export const summaryQuery = queryOptions({ queryKey: ['ledger', 'summary'], queryFn: ({ signal }) => client.ledger.summary({ signal }), staleTime: 0 });

export const ledgerQuery = (filter: LedgerFilter) =>
  infiniteQueryOptions({
    queryKey: ['ledger', 'rows', filter],
    queryFn: ({ pageParam, signal }) => client.ledger.list({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
