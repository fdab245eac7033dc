import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** The searches that this agent saved, by name. */
export const savedSearchesQuery = queryOptions({ queryKey: ['saved-searches'], queryFn: ({ signal }) => client.savedSearches.list({ signal }), staleTime: 60_000, select: (answer) => answer.items });
