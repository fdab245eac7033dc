import { measuredMetrics } from '@rapport/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { caseAddress } from '../data/case-address.ts';
import { explain } from '../data/explain.ts';
import { formatFull, formatShort } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Segments } from '../ui/segments.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { ReportQuestion } from './filter.ts';
import { formatMetric, wordsOf } from './metric-words.ts';
import { RowsDownload } from './rows-download.tsx';
import { rowsQuery, type Opened, type RowOrder } from './queries.ts';

/** The cases behind a number; what was measured begins with the longest. */
export function RowsDialog({ question, opened, onClose }: { question: ReportQuestion; opened: Opened; onClose: () => void }) {
  const isSorted = measuredMetrics.includes(opened.metric);
  const [order, setOrder] = useState<RowOrder>(isSorted ? 'most' : 'newest');
  const rows = useInfiniteQuery(rowsQuery(question, opened, order));
  return (
    <Dialog title={wordsOf(opened.metric).name} description={wordsOf(opened.metric).means} isOpen width="md" onClose={onClose} actions={<RowsDownload question={question} opened={opened} order={order} />}>
      {isSorted && <Segments label={t('insights.order')} value={order} onChange={setOrder} options={(['most', 'least', 'newest'] as const).map((value) => ({ value, label: t(`insights.order.${value}`) }))} />}
      <LoadState query={rows} explain={explain} skeleton={<Skeleton className="h-40 w-full" />}>
        {(items) => (
          <>
            {items.length === 0 && <p className="text-ink-2">{t('insights.noRows')}</p>}
            <ul className="divide-y divide-line">
              {items.map((row, i) => (
                <li key={i} className="flex items-baseline gap-3 py-2">
                  <Link to={caseAddress(row.number)} className="min-w-0 grow truncate hover:text-accent hover:underline"><span className="me-2 text-ink-3">#{row.number}</span><bdi>{row.subject || t('ledger.noSubject')}</bdi></Link>
                  {row.amount !== null && <span className="shrink-0 tabular-nums">{formatMetric(opened.metric, row.amount)}</span>}
                  <time dateTime={row.at} title={formatFull(row.at)} className="shrink-0 text-sm text-ink-3">{formatShort(row.at)}</time>
                </li>
              ))}
            </ul>
            <MoreButton query={rows} label={t('ledger.more')} />
          </>
        )}
      </LoadState>
    </Dialog>
  );
}
