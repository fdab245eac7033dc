import { channelTraits, type DeliveryState, type MessageEntry } from '@rapport/contract';
import { Suspense } from 'react';
import { lazyPart } from '../../data/lazy-part.ts';
import { enqueue } from '../../data/outbox.ts';
import { useCan } from '../../data/session.ts';
import { t, withPageWords } from '../../i18n/index.ts';
import { formatClock } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import type { IconName } from '../../ui/icon-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { whyNotDelivered } from './delivery-words.ts';

const DeliveryReason = lazyPart(async () => (await withPageWords(() => import('./delivery-reason.tsx'))).DeliveryReason);

const looks: Record<DeliveryState, { icon: IconName; ink: string }> = {
  queued: { icon: 'clock', ink: 'text-ink-3' },
  sending: { icon: 'send', ink: 'text-ink-3' },
  accepted: { icon: 'check-check', ink: 'text-moss' },
  delivered: { icon: 'check-check', ink: 'text-moss' },
  read: { icon: 'eye', ink: 'text-moss' },
  bounced: { icon: 'mail-warning', ink: 'text-clay' },
  failed: { icon: 'circle-alert', ink: 'text-clay' },
  unknown: { icon: 'mail-question-mark', ink: 'text-honey' },
};

/** How far an answer has come on its way to the customer, why it did not get there, and the way to try again. */
export function DeliveryMark({ entry }: { entry: MessageEntry }) {
  const canReply = useCan('case.reply');
  const { delivery } = entry;
  if (!delivery) return null;
  const look = looks[delivery.state];
  const isTrouble = delivery.state === 'bounced' || delivery.state === 'failed' || delivery.state === 'unknown';
  const isLate = delivery.state === 'sending' && delivery.reason !== null;
  const why = delivery.reason === null ? undefined : whyNotDelivered(delivery.reason);
  return (
    <div className={classes('mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs', isTrouble && 'mt-3 rounded-md px-3 py-2', delivery.state === 'unknown' ? 'bg-honey-soft' : isTrouble && 'bg-clay-soft')}>
      <span className={classes('flex items-center gap-1.5 font-medium', look.ink)}>
        <Icon name={look.icon} size={14} />
        {delivery.state === 'queued' && channelTraits[entry.channel].isLive ? t('delivery.waitsForVisitor') : t(`delivery.${delivery.state}`)}
        {isLate && delivery.nextAttemptAt && <span className="font-normal text-ink-3">· {t('delivery.nextAttempt', { attempts: delivery.attempts, at: formatClock(delivery.nextAttemptAt) })}</span>}
      </span>
      {(isTrouble || isLate) && why && <span className={classes('min-w-0 grow basis-full', isTrouble ? 'text-ink' : 'text-ink-3')}>{why}</span>}
      {(isTrouble || isLate) && delivery.reason && <span dir="auto" className={classes('min-w-0 grow basis-full break-words', isTrouble && !why ? 'text-ink' : 'text-ink-3')}><Suspense fallback={delivery.reason}><DeliveryReason reason={delivery.reason} /></Suspense></span>}
      {delivery.canRetry && canReply && <Button size="sm" icon="rotate-ccw" onClick={() => enqueue({ kind: 'retry', caseId: entry.caseId, entryId: entry.id })}>{t('delivery.retry')}</Button>}
    </div>
  );
}
