import type { Notification } from '@rapport/contract';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../commands/registry.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { notificationsQuery } from '../data/notifications.ts';
import { queryClient } from '../data/query-client.ts';
import { formatFull, formatShort } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Popover } from '../ui/popover.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { PauseMenu } from './pause-menu.tsx';
import { wordsFor } from './words.ts';

function Line({ told, onOpen, onAcknowledge }: { told: Notification; onOpen: () => void; onAcknowledge: () => void }) {
  return (
    <li className="px-1">
      <Link to="/cases/$view/$number" params={{ view: 'open', number: String(told.number) }} onClick={onOpen} className="flex gap-2.5 rounded-sm px-2.5 py-2 hover:bg-hover">
        <span aria-hidden="true" className={classes('mt-1.5 size-2 shrink-0 rounded-full', told.isUnread ? 'bg-accent' : 'bg-transparent')} />
        <span className="min-w-0 grow">
          <span className="flex items-baseline gap-2">
            <span dir="auto" className={classes('min-w-0 grow', told.isUnread && 'font-semibold')}>{told.isUnread && <span className="sr-only">{t('mentions.unread')}: </span>}{wordsFor(told)}</span>
            <time dateTime={told.at} title={formatFull(told.at)} className="shrink-0 text-xs text-ink-3">{formatShort(told.at)}</time>
          </span>
          <span dir="auto" className="block truncate text-sm text-ink-3">{told.customerName} · {told.subject}</span>
        </span>
      </Link>
      {told.kind === 'escalated' && told.isUnread && <div className="ps-7 pb-2"><Button size="sm" icon="user-check" onClick={onAcknowledge}>{t('notifications.acknowledge')}</Button></div>}
    </li>
  );
}

/** The bell with how much is unread, and the list behind it. */
export function Bell({ side }: { side: 'inline-end' | 'top' }) {
  const [isOpen, setOpen] = useState(false);
  const query = useInfiniteQuery(notificationsQuery);
  const unread = query.data?.pages[0]?.unread ?? 0;
  useCommand('app.notifications', () => setOpen(true));
  const refresh = () => queryClient.invalidateQueries({ queryKey: notificationsQuery.queryKey });
  const read = useMutation({ mutationFn: (body: { notificationIds?: string[] }) => client.notifications.read({ body }), onError: (error) => showTrouble(explain(error)), onSettled: refresh });
  const acknowledge = useMutation({
    mutationFn: async (told: Notification) => {
      await client.notifications.acknowledge({ params: { caseId: told.caseId } });
      await client.notifications.read({ body: { caseId: told.caseId } });
    },
    onSuccess: () => showToast(t('notifications.acknowledged'), { icon: 'check' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: refresh,
  });
  const label = unread > 0 ? t('notifications.bellUnread', { count: unread }) : t('notifications.title');
  return (
    <Popover
      isOpen={isOpen} onOpenChange={setOpen} side={side} align="end" label={t('notifications.title')} className="flex max-h-[min(36rem,80dvh)] w-[24rem] flex-col"
      trigger={
        <button type="button" aria-label={label} className={classes(iconButtonLook, 'relative size-10')}>
          <Icon name="bell" size={20} />
          {unread > 0 && <span aria-hidden="true" className="absolute end-0.5 top-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-bold text-on-accent">{unread > 99 ? '99+' : unread}</span>}
        </button>
      }
    >
      <header className="flex items-center gap-1 border-b border-line px-3 py-2">
        <h2 className="grow font-semibold">{t('notifications.title')}</h2>
        {unread > 0 && <Button size="sm" tone="quiet" icon="check-check" isBusy={read.isPending} onClick={() => read.mutate({})}>{t('notifications.readAll')}</Button>}
        <PauseMenu />
        <Link to="/account/notifications" aria-label={t('notifications.settings')} onClick={() => setOpen(false)} className={classes(iconButtonLook, 'size-8')}><Icon name="settings" /></Link>
      </header>
      <div className="min-h-0 overflow-y-auto py-1">
        <LoadState query={query} explain={explain}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <EmptyState icon="bell" title={t('notifications.empty')} action={<Link to="/account/notifications" onClick={() => setOpen(false)} className={buttonLook('plain', 'sm')}>{t('notifications.settings')}</Link>}>{t('notifications.emptyHint')}</EmptyState>;
            return (
              <>
                <ul aria-label={t('notifications.title')}>
                  {items.map((told) => (
                    <Line
                      key={told.id} told={told} onAcknowledge={() => acknowledge.mutate(told)}
                      onOpen={() => {
                        setOpen(false);
                        if (told.isUnread) read.mutate({ notificationIds: [told.id] });
                      }}
                    />
                  ))}
                </ul>
                {query.hasNextPage && <div className="flex justify-center py-2"><Button size="sm" tone="quiet" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('search.more')}</Button></div>}
              </>
            );
          }}
        </LoadState>
      </div>
    </Popover>
  );
}
