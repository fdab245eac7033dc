import type { WebhookEndpoint } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { formatFull, formatSpan } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { LogCard } from './log-card.tsx';
import { WayBack } from './new-webhook-page.tsx';
import { refreshWebhooks, webhooksQuery } from './queries.ts';
import { ReceiverCard } from './receiver-card.tsx';
import { SecretCard } from './secret-card.tsx';
import { offWords, StateBadge } from './state-badge.tsx';
import { WebhookForm } from './webhook-form.tsx';

const route = getRouteApi('/workspace/settings/admin/webhooks/$endpointId');

function Trouble({ endpoint }: { endpoint: WebhookEndpoint }) {
  if (endpoint.offReason) return <Banner tone={endpoint.offReason === 'by_hand' ? 'info' : 'trouble'} icon={endpoint.offReason === 'by_hand' ? 'circle-pause' : 'circle-alert'} className="rounded-md">{t(offWords[endpoint.offReason])} {t('webhook.offLead')}</Banner>;
  if (!endpoint.failingSince) return null;
  return <Banner tone="attention" icon="triangle-alert" className="rounded-md">{t('webhook.failingLead', { span: formatSpan(Date.now() - Date.parse(endpoint.failingSince)) })}</Banner>;
}

function Endpoint({ endpoint }: { endpoint: WebhookEndpoint }) {
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  const params = { endpointId: endpoint.id };
  const onError = (error: Error) => showTrouble(explain(error));
  const turn = useMutation({ mutationFn: (isEnabled: boolean) => client.webhooks.update({ params, body: { version: endpoint.version, isEnabled } }), onError, onSettled: refreshWebhooks });
  const test = useMutation({ mutationFn: () => client.webhooks.test({ params }), onSuccess: () => showToast(t('webhook.testSent'), { icon: 'send' }), onError, onSettled: refreshWebhooks });
  const remove = useMutation({
    mutationFn: () => client.webhooks.remove({ params }),
    onSuccess: () => {
      showToast(t('webhook.removed', { name: endpoint.name }), { icon: 'check' });
      void navigate({ to: '/admin/webhooks' });
      // Its log is not asked for again: it went along.
      void queryClient.invalidateQueries({ queryKey: webhooksQuery.queryKey, exact: true });
    },
    onError,
  });
  return (
    <Page
      title={endpoint.name} before={<WayBack />}
      description={
        <span className="flex flex-col gap-1.5">
          <code dir="ltr" className="block text-start font-mono text-sm break-all">{endpoint.url}</code>
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-3"><StateBadge endpoint={endpoint} /><span>{endpoint.apiKey ? t('webhook.byKey', { key: endpoint.apiKey.name, name: endpoint.actsFor.name }) : t('webhook.actsFor', { name: endpoint.actsFor.name })}</span>{endpoint.lastDeliveredAt && <span title={formatFull(endpoint.lastDeliveredAt)}>· {t('webhook.lastDelivered', { span: formatSpan(Date.now() - Date.parse(endpoint.lastDeliveredAt)) })}</span>}</span>
        </span>
      }
      actions={
        <>
          <span className="flex h-8 items-center pe-2"><Switch isOn={endpoint.isEnabled} onChange={(isOn) => turn.mutate(isOn)} label={t('webhook.isOn')} /></span>
          <Button icon="send" isBusy={test.isPending} disabled={!endpoint.isEnabled} onClick={() => test.mutate()}>{t('webhook.test')}</Button>
          <Button icon="trash-2" onClick={() => setRemoving(true)}>{t('webhook.remove')}</Button>
        </>
      }
    >
      <Trouble endpoint={endpoint} />
      <LogCard endpoint={endpoint} />
      <WebhookForm key={endpoint.version} endpoint={endpoint} />
      <SecretCard endpoint={endpoint} />
      <ReceiverCard />
      <Confirm isOpen={isRemoving} onClose={() => setRemoving(false)} title={t('webhook.removeTitle', { name: endpoint.name })} deed={t('webhook.remove')} isBusy={remove.isPending} onConfirm={() => remove.mutate()}>{t('webhook.removeLead')}</Confirm>
    </Page>
  );
}

export function WebhookPage() {
  const { endpointId } = route.useParams();
  const query = useQuery(webhooksQuery);
  const endpoint = query.data?.find((each) => each.id === endpointId);
  if (endpoint) return <Endpoint key={endpoint.id} endpoint={endpoint} />;
  return <Page title={t('settings.webhooks')} before={<WayBack />}><LoadState query={query} explain={explain}>{() => <EmptyState icon="webhook" title={t('webhook.notThere')} />}</LoadState></Page>;
}
