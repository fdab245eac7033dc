import type { LedgerRow } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { caseAddress } from '../data/case-address.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { formatBytes, formatFull } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { buttonLook } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { fateOf, needsAttention } from './ledger-words.ts';

/** As much as is worth looking at here; the rest is in the file. */
const shownBytes = 200_000;

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div className="contents"><dt className="text-ink-3">{name}</dt><dd className="min-w-0 break-words">{children}</dd></div>;
}

function Raw({ row }: { row: LedgerRow }) {
  const raw = useQuery({
    queryKey: ['ledger', 'raw', row.id],
    queryFn: async ({ signal }) => (await (await client.ledger.raw({ params: { ledgerId: row.id }, signal })).blob()).slice(0, shownBytes).text(),
    staleTime: Infinity,
  });
  if (raw.error) return <Banner tone="trouble" icon="circle-alert" className="rounded-md">{explain(raw.error)}</Banner>;
  if (raw.data === undefined) return <div aria-busy="true" className="flex flex-col gap-2"><Skeleton className="h-4 w-full" /><Skeleton className="h-4 w-4/5" /><Skeleton className="h-4 w-2/3" /></div>;
  return (
    <>
      <pre dir="ltr" tabIndex={0} aria-label={t('ledger.raw')} className="max-h-96 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap">{raw.data}</pre>
      {row.bytes > shownBytes && <p className="mt-1 text-sm text-ink-3">{t('ledger.rawCut', { size: formatBytes(shownBytes) })}</p>}
    </>
  );
}

/** One message: what is known of it, what became of it and why, and its stored bytes. */
export function MessageDialog({ row, inboxName, onClose }: { row: LedgerRow; inboxName: string | undefined; onClose: () => void }) {
  const { look, words } = fateOf(row);
  return (
    <Dialog
      isOpen onClose={onClose} width="lg" title={<span dir="auto">{row.subject || t('ledger.noSubject')}</span>}
      actions={
        <>
          {row.hasRaw && <a href={`/api/v1/ledger/${row.id}/raw`} download className={buttonLook()}><Icon name="download" />{t('ledger.download')}</a>}
          {row.caseNumber !== null && <Link to={caseAddress(row.caseNumber)} className={buttonLook('primary')}>{t('ledger.openCase', { number: row.caseNumber })}</Link>}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-2"><Badge tone={look.tone} icon={look.icon}>{words}</Badge><span className="text-sm text-ink-2">{t(`ledger.about.${row.outcome ?? row.state ?? 'unknown'}`)}</span></div>
        {row.reason && <Banner tone={needsAttention(row) ? (look.tone === 'clay' ? 'trouble' : 'attention') : 'info'} isLive={false} className="rounded-md">{reasonWords(row.reason)}</Banner>}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5">
          <Fact name={t('ledger.time')}>{formatFull(row.at)}</Fact>
          <Fact name={t('ledger.sender')}><bdi>{row.sender || '–'}</bdi></Fact>
          <Fact name={t('ledger.recipient')}><bdi>{row.recipient || '–'}</bdi></Fact>
          {inboxName && <Fact name={t('ledger.inbox')}>{inboxName}</Fact>}
          {row.door && <Fact name={t('ledger.door')}>{t(`ledger.door.${row.door}`)}</Fact>}
          <Fact name={t('ledger.size')}>{formatBytes(row.bytes)}</Fact>
          {row.messageId && <Fact name="Message-ID"><bdi className="font-mono text-sm break-all">{row.messageId}</bdi></Fact>}
          {row.maskedCardNumbers > 0 && <Fact name={t('ledger.masked')}>{t('ledger.maskedCount', { count: row.maskedCardNumbers })}</Fact>}
        </dl>
        <section>
          <h3 className="mb-1.5 text-sm font-medium">{t('ledger.raw')}</h3>
          {row.hasRaw ? <Raw row={row} /> : <p className="text-ink-3">{t('ledger.noRaw')}</p>}
        </section>
      </div>
    </Dialog>
  );
}
