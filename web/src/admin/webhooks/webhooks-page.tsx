import type { WebhookEndpoint } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { formatFull, formatSpan } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { webhooksQuery } from './queries.ts';
import { ReceiverCard } from './receiver-card.tsx';
import { offWords, StateBadge } from './state-badge.tsx';

function WebhookLine({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { lastDeliveredAt, offReason } = endpoint;
  return (
    <li>
      <Link to="/admin/webhooks/$endpointId" params={{ endpointId: endpoint.id }} className="flex items-center gap-4 px-4 py-3 hover:bg-hover">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-ink-2 max-md:hidden"><Icon name="webhook" size={18} /></span>
        <span className="min-w-0 grow">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5"><bdi className="font-medium">{endpoint.name}</bdi><StateBadge endpoint={endpoint} /></span>
          <code dir="ltr" className="block truncate text-start font-mono text-xs text-ink-2">{endpoint.url}</code>
          <span className="block text-sm text-ink-3">
            {t('webhook.topics', { count: endpoint.topics.length })} · {endpoint.apiKey ? t('webhook.byKey', { key: endpoint.apiKey.name, name: endpoint.actsFor.name }) : t('webhook.actsFor', { name: endpoint.actsFor.name })} ·{' '}
            {lastDeliveredAt ? <span title={formatFull(lastDeliveredAt)}>{t('webhook.lastDelivered', { span: formatSpan(Date.now() - Date.parse(lastDeliveredAt)) })}</span> : t('webhook.neverDelivered')}
          </span>
          {offReason && offReason !== 'by_hand' && <span className="block text-sm text-clay">{t(offWords[offReason])}</span>}
        </span>
        <Icon name="chevron-right" className="shrink-0 text-ink-3" />
      </Link>
    </li>
  );
}

/** Every address that is told of events, and how it fares. */
export function WebhooksPage() {
  const webhooks = useQuery(webhooksQuery);
  const create = <Link to="/admin/webhooks/new" className={buttonLook('primary')}><Icon name="plus" />{t('webhook.create')}</Link>;
  return (
    <Page title={t('settings.webhooks')} description={t('webhook.lead')} actions={create}>
      <LoadState query={webhooks} explain={explain}>
        {(items) => items.length === 0 ? (
          <>
            <div className="rounded-lg border border-line bg-surface"><EmptyState icon="webhook" title={t('webhook.emptyTitle')} action={create}>{t('webhook.empty')}</EmptyState></div>
            <ReceiverCard />
          </>
        ) : (
          <CardList label={t('settings.webhooks')}>{items.map((endpoint) => <WebhookLine key={endpoint.id} endpoint={endpoint} />)}</CardList>
        )}
      </LoadState>
    </Page>
  );
}
