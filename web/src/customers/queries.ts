import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import type { CustomerFilter } from './filter.ts';

const cursorOf = (pageParam: string) => (pageParam ? { cursor: pageParam } : {});

export const customersQuery = ({ q = '', organization, blocked, fields }: CustomerFilter & { q?: string }) => infiniteQueryOptions({
  queryKey: ['customers', { q, organization, blocked, fields }], placeholderData: keepPreviousData, staleTime: 0,
  queryFn: ({ pageParam, signal }) => client.customers.list({ query: { limit: 50, ...(q ? { q } : {}), ...(organization ? { organization } : {}), ...(blocked ? { blocked } : {}), ...(fields ? { fields: JSON.stringify(fields) } : {}), ...cursorOf(pageParam) }, signal }),
  initialPageParam: '', getNextPageParam: (page) => page.nextCursor ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});
export const organizationsQuery = (q: string) => infiniteQueryOptions({
  queryKey: ['organizations', q], placeholderData: keepPreviousData, staleTime: 0,
  queryFn: ({ pageParam, signal }) => client.organizations.list({ query: { limit: 50, ...(q ? { q } : {}), ...cursorOf(pageParam) }, signal }),
  initialPageParam: '', getNextPageParam: (page) => page.nextCursor ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});
export const organizationQuery = (organizationId: string) => queryOptions({ queryKey: ['organization', organizationId], queryFn: ({ signal }) => client.organizations.get({ params: { organizationId }, signal }) });
export const organizationCasesQuery = (organizationId: string) => infiniteQueryOptions({
  queryKey: ['organization', organizationId, 'cases'],
  queryFn: ({ pageParam, signal }) => client.organizations.listCases({ params: { organizationId }, query: { limit: 25, ...cursorOf(pageParam) }, signal }),
  initialPageParam: '', getNextPageParam: (page) => page.nextCursor ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});
export const blockedQuery = infiniteQueryOptions({
  queryKey: ['blocked-senders'], staleTime: 0,
  queryFn: ({ pageParam, signal }) => client.blockedSenders.list({ query: { limit: 50, ...cursorOf(pageParam) }, signal }),
  initialPageParam: '', getNextPageParam: (page) => page.nextCursor ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});
export const duplicatesQuery = (customerId: string) => queryOptions({ queryKey: ['customer', customerId, 'duplicates'], queryFn: ({ signal }) => client.customerMerging.listDuplicates({ params: { customerId }, signal }), select: (answer) => answer.items });
export const mergesQuery = (customerId: string) => queryOptions({ queryKey: ['customer', customerId, 'merges'], queryFn: ({ signal }) => client.customerMerging.listMerges({ params: { customerId }, signal }), select: (answer) => answer.items });

/** A change of one customer shows in lists, cases and companies. */
export function refreshCustomers(): void {
  for (const key of ['customer', 'customers', 'customer-cases', 'organization', 'organizations']) void queryClient.invalidateQueries({ queryKey: [key] });
}
