import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';
import { queryClient } from './query-client.ts';

/** Whether this agent is there to work; the live socket says when somebody, or time, has changed it. */
export const ownPresenceQuery = queryOptions({ queryKey: ['own-presence'], queryFn: ({ signal }) => client.workforce.getOwnPresence({ signal }), staleTime: 5 * 60_000 });
/** What is in hand and what is offered, with how far this device's clock is off, in milliseconds. */
export const ownWorkQuery = queryOptions({
  queryKey: ['own-work'],
  queryFn: async ({ signal }) => {
    const answer = await client.work.listOwn({ signal });
    return { ...answer, skewMs: Date.parse(answer.at) - Date.now() };
  },
  staleTime: 5 * 60_000,
});
export const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: ({ signal }) => client.queues.list({ signal }), select: (answer) => answer.items, staleTime: 10 * 60_000 });
export const workforceSettingsQuery = queryOptions({ queryKey: ['workforce-settings'], queryFn: ({ signal }) => client.workforce.getSettings({ signal }), staleTime: 10 * 60_000 });

export const refreshWork = () => queryClient.invalidateQueries({ queryKey: ownWorkQuery.queryKey });
export const refreshPresence = () => queryClient.invalidateQueries({ queryKey: ownPresenceQuery.queryKey });
