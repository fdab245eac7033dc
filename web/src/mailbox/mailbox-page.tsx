import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useIsPhone } from '../ui/use-media.ts';
import { useTitle } from '../ui/use-title.ts';
import { AddressLine } from './address-line.tsx';
import { addressesQuery } from './queries.ts';
import { WriteDialog } from './write-dialog.tsx';

/** The built-in mailbox: at the side the customers' addresses, beside it what their mail program would show. */
export function MailboxPage() {
  const isPhone = useIsPhone();
  const mayUse = useCan('account.manage');
  const navigate = useNavigate();
  const { address } = useParams({ strict: false });
  const addresses = useQuery({ ...addressesQuery, enabled: mayUse });
  const [isWriting, setWriting] = useState(false);
  useTitle(t('mailbox.title'));
  if (!mayUse) return <EmptyState isPage icon="lock" title={t('settings.notYours')}>{t('problem.notAllowed')}</EmptyState>;
  return (
    <div className="flex min-w-0 grow flex-col">
      <p className="flex shrink-0 items-start gap-2.5 border-b border-honey-line bg-honey-soft px-4 py-2 text-honey"><Icon name="info" className="mt-0.5" /><span className="text-pretty">{t('mailbox.trial')}</span></p>
      <div className="flex min-h-0 grow">
        {(!isPhone || !address) && (
          <nav aria-label={t('mailbox.addresses')} className="flex min-w-0 shrink-0 flex-col border-e border-line bg-surface w-80 max-w-full max-md:w-full">
            <header className="flex h-14 shrink-0 items-center justify-between gap-2 border-b border-line ps-4 pe-3">
              <h1 className="text-md font-semibold">{t('mailbox.title')}</h1>
              <IconButton icon="pencil-line" size={32} label={t('mailbox.writeNew')} onClick={() => setWriting(true)} />
            </header>
            <div className="min-h-0 grow overflow-y-auto" aria-busy={addresses.isPending}>
              {addresses.isPending && [0, 1, 2, 3].map((index) => <div key={index} className="flex items-center gap-3 border-b border-line px-4 py-3.5"><Skeleton className="size-9 rounded-full" /><div className="flex grow flex-col gap-2"><Skeleton className="h-3.5 w-36" /><Skeleton className="h-3 w-20" /></div></div>)}
              {addresses.error && !addresses.data && <EmptyState icon="cloud-off" tone="clay" title={t('ui.loadFailed')} action={<Button onClick={() => void addresses.refetch()}>{t('ui.retry')}</Button>}>{explain(addresses.error)}</EmptyState>}
              {addresses.data?.length === 0 && (isPhone ? <EmptyState icon="mailbox" title={t('mailbox.emptyTitle')} action={<Button tone="primary" icon="pencil-line" onClick={() => setWriting(true)}>{t('mailbox.writeFirst')}</Button>}>{t('mailbox.empty')}</EmptyState> : <p className="px-4 py-6 text-ink-3">{t('mailbox.nobodyYet')}</p>)}
              {addresses.data && addresses.data.length > 0 && <ul>{addresses.data.map((entry) => <AddressLine key={entry.address} entry={entry} isOpen={entry.address === address} />)}</ul>}
            </div>
          </nav>
        )}
        {(!isPhone || address) && <div className="flex min-w-0 grow bg-canvas"><Outlet /></div>}
      </div>
      {isWriting && <WriteDialog onClose={() => setWriting(false)} onSent={({ from }) => void navigate({ to: '/mailbox/$address', params: { address: from.toLowerCase() } })} />}
    </div>
  );
}
