import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '../../data/explain.ts';
import { estimatesQuery } from '../../data/waiting.ts';
import { formatNumber, formatPercent, formatSeconds } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card } from '../../ui/page.tsx';

const DAYS = 28;
const DAY_MS = 86_400_000;
/** Nobody needs seconds of an hour. */
const rounded = (seconds: number) => formatSeconds(seconds >= 90 ? Math.round(seconds / 60) * 60 : Math.round(seconds));

/** How far the told waits were from the true ones. */
export function EstimatesCard() {
  const [from] = useState(() => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS).toISOString());
  const query = useQuery(estimatesQuery(from));
  return (
    <Card title={t('estimates.title')} description={t('estimates.means', { days: DAYS })}>
      <LoadState query={query} explain={explain}>
        {(rows) => rows.length === 0 ? <p className="text-ink-2">{t('estimates.none')}</p> : (
          <DataTable
            caption={t('estimates.title')} rows={rows} rowKey={(row) => row.queueId}
            columns={[
              { id: 'queue', header: t('wall.queue'), cell: (row) => <span dir="auto">{row.name}</span> },
              { id: 'count', header: t('estimates.count'), align: 'end', cell: (row) => formatNumber(row.count) },
              { id: 'inRange', header: t('estimates.inRange'), align: 'end', cell: (row) => formatPercent(row.inRange / row.count) },
              { id: 'waited', header: t('estimates.waited'), align: 'end', cell: (row) => rounded(row.waitedSeconds) },
              { id: 'error', header: t('estimates.error'), align: 'end', cell: (row) => rounded(row.errorSeconds) },
              { id: 'bias', header: t('estimates.bias'), align: 'end', isSecondary: true, cell: (row) => (Math.abs(row.biasSeconds) < 5 ? t('estimates.even') : t(row.biasSeconds > 0 ? 'estimates.longer' : 'estimates.shorter', { time: rounded(Math.abs(row.biasSeconds)) })) },
            ]}
          />
        )}
      </LoadState>
    </Card>
  );
}
