import type { LedgerRow } from '@rapport/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../data/explain.ts';
import { inboxesQuery } from '../data/people.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { useCan } from '../data/session.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Balance } from './balance.tsx';
import { LedgerFilters } from './ledger-filters.tsx';
import { LedgerRows } from './ledger-rows.tsx';
import { MessageDialog } from './message-dialog.tsx';
import { ledgerQuery } from './queries.ts';
import type { LedgerFilter } from './filter.ts';

const route = getRouteApi('/workspace/ledger');
const ground = 'overflow-hidden rounded-lg border border-line bg-surface';

export function LedgerPage() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const rows = useInfiniteQuery(ledgerQuery(filter));
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const canManage = useCan('inbox.manage');
  const [opened, setOpened] = useState<LedgerRow>();
  const choose = (next: LedgerFilter) => void navigate({ to: '/ledger', search: next, replace: true });
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page title={t('ledger.title')} description={t('ledger.lead')} width="xl" actions={<Button icon="refresh-cw" isBusy={rows.isRefetching && !rows.isFetchingNextPage} onClick={() => void queryClient.invalidateQueries({ queryKey: ['ledger'] })}>{t('ledger.refresh')}</Button>}>
      <Balance filter={filter} />
      <div className="flex flex-col gap-3">
        <LedgerFilters filter={filter} inboxes={inboxes} onChange={choose} />
        <LoadState query={rows} explain={explain} skeleton={<div className={`${ground} divide-y divide-line`}>{Array.from({ length: 8 }, (_, index) => <div key={index} className="flex gap-6 px-4 py-3.5"><Skeleton className="h-4 w-20" /><Skeleton className="h-4 grow" /><Skeleton className="h-4 w-28" /></div>)}</div>}>
          {(items) =>
            items.length === 0 ? (
              <div className={ground}>
                {isFiltered ? <EmptyState icon="search-x" title={t('ledger.noneTitle')} action={<Button onClick={() => choose({})}>{t('ledger.clear')}</Button>}>{t('ledger.none')}</EmptyState> : <EmptyState icon="scroll-text" title={t('ledger.emptyTitle')} action={canManage && <Link to="/admin/inboxes" className={buttonLook()}>{t('empty.toInboxes')}</Link>}>{t('ledger.empty')}</EmptyState>}
              </div>
            ) : (
              <>
                <LedgerRows rows={items} onOpen={setOpened} />
                <MoreButton query={rows} label={t('ledger.more')} />
              </>
            )
          }
        </LoadState>
      </div>
      {opened && <MessageDialog row={opened} inboxName={inboxes.find((inbox) => inbox.id === opened.inboxId)?.name} onClose={() => setOpened(undefined)} />}
    </Page>
  );
}
