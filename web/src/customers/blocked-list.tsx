import type { BlockedSender } from '@rapport/contract';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { useCan } from '../data/session.ts';
import { formatDate, formatFull } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { CardList } from '../ui/page.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { blockedQuery } from './queries.ts';

/** Who is kept out; taking somebody’s mail again can be undone. */
export function BlockedList({ create }: { create: ReactNode }) {
  const blocked = useInfiniteQuery(blockedQuery);
  const canBlock = useCan('customer.block');
  // Whoever blocked a whole provider meant it already.
  const again = useMutation({
    mutationFn: ({ value, reason, expiresAt }: BlockedSender) => client.blockedSenders.block({ body: { value, reason, expiresAt, isWholeProvider: true } }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: blockedQuery.queryKey }),
  });
  const unblock = useMutation({
    mutationFn: (block: BlockedSender) => client.blockedSenders.unblock({ params: { blockId: block.id } }),
    onSuccess: (_, block) => showToast(t('blocked.removed', { value: block.value }), block.isExpired ? {} : { action: undoAction(() => again.mutate(block)) }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: blockedQuery.queryKey }),
  });
  return (
    <LoadState query={blocked} explain={explain}>
      {(items) => items.length === 0 ? <div className="rounded-lg border border-line bg-surface"><EmptyState icon="ban" title={t('blocked.none')} action={create}>{t('blocked.empty')}</EmptyState></div> : (
        <>
          <CardList label={t('blocked.title')}>
            {items.map((each) => (
              <li key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3">
                <div className="min-w-0 grow basis-60">
                  <p className="flex flex-wrap items-center gap-2 font-medium"><bdi className="break-all">{each.value}</bdi>{each.kind === 'domain' && <Badge>{t('blocked.domain')}</Badge>}{each.isExpired && <Badge tone="moss">{t('blocked.expired')}</Badge>}</p>
                  <p dir="auto" className="align-frame text-sm text-ink-2">{each.reason}</p>
                  <p className="text-sm text-ink-3">{t('blocked.by', { name: each.byName, date: formatDate(each.createdAt) })} · {each.expiresAt ? <time dateTime={each.expiresAt}>{t('blocked.until', { time: formatFull(each.expiresAt) })}</time> : t('blocked.forGood')}</p>
                </div>
                {canBlock && <Button size="sm" aria-label={t('blocked.removeThis', { value: each.value })} onClick={() => unblock.mutate(each)}>{t('blocked.remove')}</Button>}
              </li>
            ))}
          </CardList>
          <MoreButton query={blocked} label={t('search.more')} />
        </>
      )}
    </LoadState>
  );
}
