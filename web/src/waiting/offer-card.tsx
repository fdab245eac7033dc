import type { Offer } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ariaKeys, firstKeys } from '../commands/bindings.ts';
import { useCommand } from '../commands/registry.ts';
import { useSession } from '../data/session.ts';
import { ownWorkQuery, refreshWork } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { keyLabels } from '../ui/key-labels.ts';
import { Keys } from '../ui/keys.tsx';
import { useNow } from '../ui/use-now.ts';
import { Clock } from './clock.tsx';
import { useAnswerOffer } from './deeds.ts';
import { tellOfOffer } from './tell-offer.ts';
import { aboutWord, clockWord } from './words.ts';

/** How long somebody may look at an offer whose time is over before this page asks what became of it: the server's word comes by itself, where there is a connection. */
const LATE_MS = 3_000;

function Card({ offer, skewMs }: { offer: Offer; skewMs: number }) {
  const { accept, decline } = useAnswerOffer();
  const me = useSession().agent.id;
  const { id, item, offeredAt, expiresAt } = offer;
  const isAnswered = accept.isPending || decline.isPending;
  const take = () => !isAnswered && accept.mutate(id);
  const leave = () => !isAnswered && decline.mutate(id);
  useCommand('offer.accept', take, true);
  useCommand('offer.decline', leave, true);
  const now = useNow(1000) + skewMs;
  const leftMs = Math.max(0, Date.parse(expiresAt) - now);
  const isLate = now > Date.parse(expiresAt) + LATE_MS;
  useEffect(() => {
    if (isLate) void refreshWork();
  }, [isLate]);
  const share = leftMs / Math.max(1, Date.parse(expiresAt) - Date.parse(offeredAt));
  return (
    <>
      <div className="flex items-baseline gap-2">
        <h2 className="grow text-sm font-medium text-ink-3">{t('offer.title')} · <span dir="auto">{item.about.queueName}</span></h2>
        <span className="shrink-0 text-sm text-ink-2 tabular-nums" title={t('offer.left', { count: Math.ceil(leftMs / 1000) })}>{clockWord(leftMs)}</span>
      </div>
      <p dir="auto" className="mt-1 truncate text-md font-semibold">{item.about.customerName ?? aboutWord(item)}</p>
      {item.about.subject && <p dir="auto" className="line-clamp-2 text-ink-2">{item.about.subject}</p>}
      <p className="mt-1 flex flex-wrap items-center gap-1.5 text-sm text-ink-2">
        <Badge>{t(`views.channel.${item.channel}`)}</Badge>
        <span className="flex gap-1">{t('work.waiting')}<Clock moment={item.since} skewMs={skewMs} /></span>
        {item.preferredAgentId === me && <Badge tone="accent" icon="user-check">{t('offer.forYou')}</Badge>}
      </p>
      <div aria-hidden="true" className="mt-3 h-1 overflow-hidden rounded-full bg-press"><div className="h-full origin-left rounded-full bg-accent transition-transform duration-160 rtl:origin-right motion-reduce:transition-none" style={{ transform: `scaleX(${share})` }} /></div>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button tone="primary" size="lg" icon="check" className="grow" isBusy={accept.isPending} aria-keyshortcuts={ariaKeys('offer.accept')} onClick={take}>{t('offer.accept')}{firstKeys('offer.accept') && <span className="max-md:hidden"><Keys keys={firstKeys('offer.accept') ?? ''} tone="on-accent" /></span>}</Button>
        <Button size="lg" isBusy={decline.isPending} aria-keyshortcuts={ariaKeys('offer.decline')} onClick={leave}>{t('offer.decline')}{firstKeys('offer.decline') && <span className="max-md:hidden"><Keys keys={firstKeys('offer.decline') ?? ''} /></span>}</Button>
      </div>
    </>
  );
}

/** What is offered, above the page and beside what is being done: it takes no focus, it is read out, and it goes by itself when its time is over. */
export function OfferCard() {
  const work = useQuery(ownWorkQuery).data;
  const offer = work?.offers[0];
  const offerId = offer?.id;
  useEffect(() => {
    if (offer) void tellOfOffer(offer);
    // Each offer is told of once, whatever is learned of it later.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [offerId]);
  const heard = offer && t('offer.heard', {
    channel: t(`views.channel.${offer.item.channel}`), name: offer.item.about.customerName ?? '', subject: offer.item.about.subject ?? '', queue: offer.item.about.queueName,
    time: clockWord(Date.parse(offer.offeredAt) - Date.parse(offer.item.since)), keys: keyLabels(firstKeys('offer.accept') ?? '').join(' '),
  });
  return (
    <>
      <div role="alert" className="sr-only">{heard}</div>
      {offer && work && (
        <section aria-label={t('offer.title')} className="fixed inset-x-2 top-[max(0.5rem,env(safe-area-inset-top))] z-30 animate-[toast_160ms_var(--ease-out)] rounded-lg border border-accent-line bg-raised p-4 shadow-float md:inset-x-auto md:start-[4.5rem] md:top-auto md:bottom-16 md:w-[22rem]">
          <Card key={offer.id} offer={offer} skewMs={work.skewMs} />
        </section>
      )}
    </>
  );
}
