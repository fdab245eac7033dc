import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** The account's own fields, in order, with the retired ones. */
export const caseFieldsQuery = queryOptions({ queryKey: ['case-fields'], queryFn: ({ signal }) => client.caseFields.list({ signal }), select: (answer) => answer.items, staleTime: 5 * 60_000 });

/** Where this agent was mentioned, newest first. */
export const mentionsQuery = infiniteQueryOptions({
  queryKey: ['mentions'],
  queryFn: ({ pageParam, signal }) => client.following.listMentions({ query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** Whom a note on a case can mention. */
export const colleaguesQuery = (caseId: string) => queryOptions({ queryKey: ['colleagues', caseId] as const, queryFn: ({ signal }) => client.following.listColleagues({ params: { caseId }, signal }), select: (answer) => answer.items, staleTime: 60_000 });

/** This agent's bulk runs, the newest of them. */
export const bulkRunsQuery = queryOptions({ queryKey: ['bulk'], queryFn: ({ signal }) => client.bulk.list({ query: { limit: 5 }, signal }), select: (answer) => answer.items });
export const bulkItemsQuery = (runId: string, state: 'refused' | 'kept') => queryOptions({ queryKey: ['bulk-items', runId, state] as const, queryFn: ({ signal }) => client.bulk.listItems({ params: { runId }, query: { state, limit: 100 }, signal }) });
