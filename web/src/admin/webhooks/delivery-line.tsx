import type { WebhookDelivery } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { formatFull, formatNumber, formatShort } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { reasonWords } from '../../i18n/reason-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { deliveryQuery, refreshWebhooks } from './queries.ts';
import { topicWords } from './topics.ts';

const looks = { delivered: { tone: 'moss', icon: 'circle-check' }, waiting: { tone: 'honey', icon: 'hourglass' }, failed: { tone: 'clay', icon: 'circle-alert' } } as const;

export const topicLabel = (topic: string): string => {
  const known = (topicWords as Partial<Record<string, (typeof topicWords)[keyof typeof topicWords]>>)[topic];
  return known ? t(known) : topic === 'webhook.test' ? t('webhook.topic.test') : topic === 'rule.called' ? t('webhook.topic.ruleCalled') : topic;
};

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** What a stranger's server answers is shown as letters, never as a page. */
function Letters({ label, text }: { label: string; text: string }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 flex items-center justify-between gap-3 text-xs font-medium text-ink-2">{label}{text !== '' && <CopyButton text={text} tone="quiet" />}</p>
      <pre dir="ltr" tabIndex={0} aria-label={label} className="max-h-56 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap">{text === '' ? t('webhook.nothing') : text}</pre>
    </div>
  );
}

function Detail({ endpointId, delivery, canResend }: { endpointId: string; delivery: WebhookDelivery; canResend: boolean }) {
  const detail = useQuery(deliveryQuery(endpointId, delivery.eventId, delivery.attempts));
  const resend = useMutation({
    mutationFn: () => client.webhooks.resend({ params: { endpointId, eventId: delivery.eventId } }),
    onSuccess: () => showToast(t('webhook.resent', { count: 1 }), { icon: 'send' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: refreshWebhooks,
  });
  return (
    <LoadState query={detail} explain={explain}>
      {({ body, log }) => (
        <div className="flex flex-col gap-3 pb-4">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3"><span>webhook-id <code dir="ltr" className="font-mono">{delivery.eventId}</code></span><span>{formatFull(delivery.eventAt)}</span></p>
          <Letters label={t('webhook.sent')} text={pretty(body)} />
          {log.length === 0 && <p className="text-sm text-ink-3">{t('webhook.noTries')}</p>}
          <ol className="flex flex-col gap-3">
            {log.map((attempt) => (
              <li key={attempt.at} className="flex flex-col gap-1">
                <p className="flex flex-wrap items-center gap-2 text-sm"><span>{attempt.status === null ? t('webhook.noAnswer') : t('webhook.answered', { status: attempt.status })}</span><span className="text-ink-3">{t('webhook.tookMs', { ms: formatNumber(attempt.durationMs) })}</span><span className="grow" /><time dateTime={attempt.at} className="text-xs text-ink-3">{formatFull(attempt.at)}</time></p>
                {attempt.trouble !== null && <p className="text-sm text-clay">{reasonWords(attempt.trouble)}</p>}
                {attempt.status !== null && <Letters label={t('webhook.answer')} text={attempt.answer} />}
              </li>
            ))}
          </ol>
          {canResend && <div><Button size="sm" icon="send" isBusy={resend.isPending} onClick={() => resend.mutate()}>{t('webhook.resend')}</Button></div>}
        </div>
      )}
    </LoadState>
  );
}

/** One event for the endpoint: what became of it; opened, what was sent and what was answered. */
export function DeliveryLine({ endpointId, delivery, canResend }: { endpointId: string; delivery: WebhookDelivery; canResend: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const look = looks[delivery.state];
  return (
    <li>
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)} className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-md py-2.5 text-start hover:bg-hover md:flex-nowrap">
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} className="shrink-0 text-ink-3" />
        <Badge tone={look.tone} icon={look.icon} className="shrink-0">{t(`webhook.delivery.${delivery.state}`)}</Badge>
        <span className="min-w-0 grow truncate text-base">{topicLabel(delivery.topic)}</span>
        <span className="flex shrink-0 items-center gap-3 text-xs text-ink-3 max-md:w-full max-md:ps-6">
          {delivery.lastStatus !== null && <span className="font-mono">{delivery.lastStatus}</span>}
          {delivery.attempts > 1 && <span>{t('webhook.tries', { count: delivery.attempts })}</span>}
          {delivery.nextAt !== null && delivery.attempts > 0 && <span>{t('webhook.next', { moment: formatShort(delivery.nextAt) })}</span>}
          <time dateTime={delivery.eventAt} title={formatFull(delivery.eventAt)}>{formatShort(delivery.eventAt)}</time>
        </span>
      </button>
      <div id={id} hidden={!isOpen} className="ps-6">{isOpen && <Detail endpointId={endpointId} delivery={delivery} canResend={canResend} />}</div>
    </li>
  );
}
