import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export const customerQuery = (customerId: string) => queryOptions({ queryKey: ['customer', customerId] as const, queryFn: ({ signal }) => client.customers.get({ params: { customerId }, signal }) });
/** The cases of a customer that this agent may see, newest first, page by page. */
export const customerCasesQuery = (customerId: string) =>
  infiniteQueryOptions({
    queryKey: ['customer-cases', customerId] as const,
    queryFn: ({ pageParam, signal }) => client.customers.listCases({ params: { customerId }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The account's own fields of customers and organizations, in order, with the retired ones. */
export const customerFieldsQuery = queryOptions({ queryKey: ['customer-fields'], queryFn: ({ signal }) => client.customerFields.list({ signal }), select: (answer) => answer.items, staleTime: 60_000 });
