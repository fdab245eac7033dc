import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** What this agent was told of, newest first; with how much of it is unread. */
export const notificationsQuery = infiniteQueryOptions({
  queryKey: ['notifications'],
  queryFn: ({ pageParam, signal }) => client.notifications.list({ query: { limit: 25, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});
export const notificationSettingsQuery = queryOptions({ queryKey: ['notification-settings'], queryFn: ({ signal }) => client.notifications.getSettings({ signal }), staleTime: 5 * 60_000 });
export const pushSubscriptionsQuery = queryOptions({ queryKey: ['push-subscriptions'], queryFn: ({ signal }) => client.notifications.listSubscriptions({ signal }), select: (answer) => answer.items });
export const escalationQuery = (teamId: string) => queryOptions({ queryKey: ['team-escalation', teamId] as const, queryFn: ({ signal }) => client.notifications.getEscalation({ params: { teamId }, signal }) });
