import type { WebhookEndpoint } from '@rapport/contract';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { DeliveryLine } from './delivery-line.tsx';
import { deliveriesQuery, refreshWebhooks, type DeliveryState } from './queries.ts';

const filters = ['all', 'waiting', 'delivered', 'failed'] as const;
type Filter = (typeof filters)[number];

/** What was sent in the last thirty days, by what became of it. */
export function LogCard({ endpoint }: { endpoint: WebhookEndpoint }) {
  const [filter, setFilter] = useState<Filter>('all');
  const state: DeliveryState | undefined = filter === 'all' ? undefined : filter;
  const deliveries = useInfiniteQuery(deliveriesQuery(endpoint.id, state));
  const resend = useMutation({
    mutationFn: () => client.webhooks.resendFailed({ params: { endpointId: endpoint.id } }),
    onSuccess: ({ resent, isMore }) => showToast(isMore ? t('webhook.resentSome', { count: resent }) : t('webhook.resent', { count: resent }), { icon: 'send' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: refreshWebhooks,
  });
  const isSomeFailed = deliveries.data?.some((delivery) => delivery.state === 'failed') ?? false;
  return (
    <Card
      title={t('webhook.log')} description={t('webhook.logLead')}
      actions={
        <>
          {endpoint.isEnabled && (isSomeFailed || filter === 'failed') && <Button icon="send" isBusy={resend.isPending} disabled={!isSomeFailed} onClick={() => resend.mutate()}>{t('webhook.resendFailed')}</Button>}
          <Select<Filter> ariaLabel={t('webhook.filter')} value={filter} onChange={setFilter} className="h-8! w-40" options={filters.map((each) => ({ value: each, label: t(`webhook.filter.${each}`) }))} />
        </>
      }
    >
      <LoadState query={deliveries} explain={explain}>
        {(items) => items.length === 0 ? <p className="text-sm text-ink-3">{t(filter === 'all' ? 'webhook.noLog' : 'webhook.noneOfThese')}</p> : (
          <ul className="divide-y divide-line">{items.map((delivery) => <DeliveryLine key={delivery.eventId} endpointId={endpoint.id} delivery={delivery} canResend={endpoint.isEnabled && delivery.state !== 'waiting'} />)}</ul>
        )}
      </LoadState>
      <MoreButton query={deliveries} label={t('webhook.older')} />
    </Card>
  );
}
