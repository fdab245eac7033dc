import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';

export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => client.accounts.listRoles({ signal }), select: (answer) => answer.items });
export const apiKeysQuery = queryOptions({ queryKey: ['api-keys'], queryFn: ({ signal }) => client.accounts.listApiKeys({ signal }), select: (answer) => answer.items });
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) => client.accounts.listAudit({ query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});

/** People, teams and roles count each other, so a change of one looks again at all. */
export function refreshPeople(): void {
  for (const key of ['agents', 'teams', 'roles']) void queryClient.invalidateQueries({ queryKey: [key] });
}
