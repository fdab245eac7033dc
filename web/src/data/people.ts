import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

const minutes = 60_000;
/** Colleagues, teams, inboxes and tags change rarely; the live socket says when (`people.changed`, `inbox.changed`). */
export const agentsQuery = queryOptions({ queryKey: ['agents'], queryFn: ({ signal }) => client.accounts.listAgents({ signal }), staleTime: 10 * minutes, select: (answer) => answer.items });
export const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: ({ signal }) => client.accounts.listTeams({ signal }), staleTime: 10 * minutes, select: (answer) => answer.items });
export const inboxesQuery = queryOptions({ queryKey: ['inboxes'], queryFn: ({ signal }) => client.inboxes.list({ signal }), staleTime: 10 * minutes, select: (answer) => answer.items });
export const tagsQuery = queryOptions({ queryKey: ['tags'], queryFn: ({ signal }) => client.cases.listTags({ signal }), staleTime: minutes, select: (answer) => answer.items });
