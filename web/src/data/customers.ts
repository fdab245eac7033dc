import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export const customerQuery = (customerId: string) => queryOptions({ queryKey: ['customer', customerId] as const, queryFn: ({ signal }) => client.customers.get({ params: { customerId }, signal }) });
/** The newest cases of a customer that this agent may see. */
export const customerCasesQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customer-cases', customerId] as const, queryFn: ({ signal }) => client.customers.listCases({ params: { customerId }, query: { limit: 20 }, signal }) });
