import { useQuery } from '@tanstack/react-query';
import { customerFieldsQuery } from '../../data/customers.ts';
import { inboxesQuery, teamsQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { policiesQuery } from '../../data/service-levels.ts';
import type { Known } from './policy-words.ts';

/** What policies can speak of. */
export function useKnown(): Known {
  return { inboxes: useQuery(inboxesQuery).data ?? [], teams: useQuery(teamsQuery).data ?? [], fields: useQuery(customerFieldsQuery).data ?? [] };
}

export const refreshPolicies = () => queryClient.invalidateQueries({ queryKey: policiesQuery.queryKey });
