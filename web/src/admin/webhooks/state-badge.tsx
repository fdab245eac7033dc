import type { WebhookEndpoint } from '@rapport/contract';
import { formatSpan } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';

type Endpoint = Pick<WebhookEndpoint, 'isEnabled' | 'offReason' | 'failingSince' | 'lastDeliveredAt'>;

export const offWords = { by_hand: 'webhook.off.byHand', failing: 'webhook.off.failing', gone: 'webhook.off.gone', agent_left: 'webhook.off.agentLeft', key_gone: 'webhook.off.keyGone', secret_lost: 'webhook.off.secretLost' } as const;

/** How an endpoint fares, in a word. */
export function StateBadge({ endpoint }: { endpoint: Endpoint }) {
  if (!endpoint.isEnabled) return <Badge tone={endpoint.offReason === 'by_hand' ? 'neutral' : 'clay'} icon={endpoint.offReason === 'by_hand' ? 'circle-pause' : 'circle-alert'}>{t('webhook.state.off')}</Badge>;
  if (endpoint.failingSince) return <Badge tone="clay" icon="triangle-alert">{t('webhook.state.failing', { span: formatSpan(Date.now() - Date.parse(endpoint.failingSince)) })}</Badge>;
  if (endpoint.lastDeliveredAt) return <Badge tone="moss" icon="circle-check">{t('webhook.state.works')}</Badge>;
  return <Badge icon="circle-dashed">{t('webhook.state.unused')}</Badge>;
}
