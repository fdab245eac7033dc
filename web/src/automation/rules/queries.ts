import { queryOptions } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { queryClient } from '../../data/query-client.ts';

export const rulesQuery = queryOptions({ queryKey: ['rules'], queryFn: ({ signal }) => client.rules.list({ signal }), select: (answer) => answer.items });
export const removedRulesQuery = queryOptions({ queryKey: ['rules', 'removed'], queryFn: ({ signal }) => client.rules.listRemoved({ signal }), select: (answer) => answer.items });
export const ruleVersionsQuery = (ruleId: string) => queryOptions({ queryKey: ['rules', 'versions', ruleId], queryFn: ({ signal }) => client.rules.listVersions({ params: { ruleId }, query: { limit: 50 }, signal }), select: (answer) => answer.items });
export const ruleRunsQuery = (ruleId: string) => queryOptions({ queryKey: ['rules', 'runs', ruleId], queryFn: ({ signal }) => client.rules.listRuns({ params: { ruleId }, query: { limit: 50 }, signal }), select: (answer) => answer.items });
/** What a rule can call. */
export const ruleEndpointsQuery = queryOptions({ queryKey: ['rule-endpoints'], queryFn: ({ signal }) => client.webhooks.list({ signal }), select: (answer) => answer.items });

export const refreshRules = (): void => void queryClient.invalidateQueries({ queryKey: ['rules'] });
/** One that was removed is off the list at once, not with the next answer. */
export const dropRule = (ruleId: string): void => void queryClient.setQueryData(rulesQuery.queryKey, (before) => before && { items: before.items.filter(({ id }) => id !== ruleId) });
