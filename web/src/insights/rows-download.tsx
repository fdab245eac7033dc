import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { showTrouble } from '../ui/toast.ts';
import type { ReportQuestion } from './filter.ts';
import { rowsQuestion, type Opened, type RowOrder } from './queries.ts';

const addressOf = (exportId: string) => `/api/v1/insights/exports/${exportId}/file`;

/** All cases behind a number as a table; a large one takes a moment and says how far it is. */
export function RowsDownload({ question, opened, order }: { question: ReportQuestion; opened: Opened; order: RowOrder }) {
  const start = useMutation({ mutationFn: () => client.insights.startExport({ body: { ...rowsQuestion(question, opened), order } }), onError: (error) => showTrouble(explain(error)) });
  const id = start.data?.id ?? '';
  const follow = useQuery({
    queryKey: ['insights', 'export', id], queryFn: ({ signal }) => client.insights.getExport({ params: { exportId: id }, signal }), enabled: start.data?.state === 'running',
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? 800 : false),
  });
  const now = follow.data ?? start.data;
  const taken = useRef('');
  useEffect(() => {
    if (now === undefined || taken.current === now.id || now.state === 'running') return;
    taken.current = now.id;
    if (now.state === 'ready') window.location.assign(addressOf(now.id));
    else showTrouble(t('insights.rowsFailed'));
  }, [now]);
  const isRunning = start.isPending || now?.state === 'running';
  return (
    <span className="me-auto flex flex-wrap items-center gap-3">
      <Button icon="download" isBusy={isRunning} onClick={() => start.mutate()}>{t('insights.rowsCsv')}</Button>
      {now?.state === 'running' && <span role="status" className="text-sm text-ink-2 tabular-nums">{t('insights.rowsDone', { done: formatNumber(now.done), total: formatNumber(now.total) })}</span>}
    </span>
  );
}
