import type { WebhookDelivery } from '@rapport/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { queryClient } from '../../data/query-client.ts';

export type DeliveryState = WebhookDelivery['state'];

export const webhooksQuery = queryOptions({ queryKey: ['webhooks'], queryFn: ({ signal }) => client.webhooks.list({ signal }), select: (answer) => answer.items, refetchInterval: 5_000 });
/** What was sent to an endpoint, newest first. While something has not been tried yet it is looked at again at once, else now and then. */
export const deliveriesQuery = (endpointId: string, state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', endpointId, 'deliveries', state ?? 'all'],
    queryFn: ({ pageParam, signal }) => client.webhooks.listDeliveries({ params: { endpointId }, query: { limit: 25, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
    refetchInterval: ({ state: { data } }) => (data?.pages[0]?.items.some((item) => item.state === 'waiting' && item.attempts === 0) ? 1_500 : 15_000),
  });
export const deliveryQuery = (endpointId: string, eventId: string, attempts: number) =>
  queryOptions({ queryKey: ['webhooks', endpointId, 'delivery', eventId, attempts], queryFn: ({ signal }) => client.webhooks.getDelivery({ params: { endpointId, eventId }, signal }) });

export const refreshWebhooks = (): void => void queryClient.invalidateQueries({ queryKey: ['webhooks'] });
