import type { BulkRun } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { bulkItemsQuery, bulkRunsQuery } from '../../data/case-properties.ts';
import { client } from '../../data/client.ts';
import { explain, explainRefusal } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatClock, formatNumber } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { useNow } from '../../ui/use-now.ts';

const HIDDEN = 'rapport.bulk-hidden';
const SHOWN_MS = 10 * 60_000;
const isBusy = (run: BulkRun) => run.state === 'gathering' || run.state === 'running' || run.state === 'undoing';

function wordsOf(run: BulkRun): string {
  if (run.state === 'gathering') return t('bulk.finding', { total: formatNumber(run.total) });
  if (run.state === 'running') return t('bulk.running', { done: formatNumber(run.done), total: formatNumber(run.total) });
  if (run.state === 'undoing') return t('bulk.undoing', { done: formatNumber(run.restored + run.kept), total: formatNumber(run.changed) });
  return run.state === 'undone' ? t('bulk.undone', { restored: run.restored }) : t('bulk.done', { changed: run.changed });
}

/** Every case that was not changed, and why. */
function Report({ run, onClose }: { run: BulkRun; onClose: () => void }) {
  const state = run.state === 'undone' ? 'kept' : 'refused';
  const items = useQuery(bulkItemsQuery(run.id, state)).data?.items ?? [];
  return (
    <Dialog isOpen onClose={onClose} width="md" title={t(state === 'kept' ? 'bulk.keptTitle' : 'bulk.reportTitle')}>
      <ul className="flex flex-col divide-y divide-line">
        {items.map((item) => (
          <li key={item.caseId} className="py-2 text-sm">
            {item.number === null ? <span className="text-ink-3">{t('bulk.hidden')}</span> : <Link to="/cases/$view/$number" params={{ view: 'open', number: String(item.number) }} onClick={onClose} className="font-medium hover:underline"><bdi>#{item.number}</bdi> <span dir="auto">{item.subject}</span></Link>}
            <p className="text-ink-2">{explainRefusal(item.code, item.detail)}</p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** How far the last change of many cases has come, what became of it, and the way back. It is asked of the server, so it is there again after a reload. */
export function BulkProgress() {
  const canEdit = useCan('case.edit');
  const run = useQuery({ ...bulkRunsQuery, enabled: canEdit, refetchInterval: (query) => (query.state.data?.items.some(isBusy) ? 2000 : false) }).data?.[0];
  const now = useNow(10_000);
  const [hidden, setHidden] = useState(() => localStorage.getItem(HIDDEN));
  const [isReporting, setReporting] = useState(false);
  const undo = useMutation({
    mutationFn: (runId: string) => client.bulk.undo({ params: { runId } }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: bulkRunsQuery.queryKey }),
  });
  if (!run || hidden === `${run.id} ${run.state}` || (!isBusy(run) && now - Date.parse(run.finishedAt ?? run.createdAt) > SHOWN_MS)) return null;
  const isUndo = run.state === 'undoing' || run.state === 'undone';
  const [done, total] = isUndo ? [run.restored + run.kept, run.changed] : [run.done, run.total];
  const left = run.state === 'undone' ? run.kept : run.state === 'done' ? run.refused : 0;
  const hide = () => {
    localStorage.setItem(HIDDEN, `${run.id} ${run.state}`);
    setHidden(`${run.id} ${run.state}`);
  };
  return (
    <section className="shrink-0 border-b border-line bg-raised px-4 py-2 text-sm" aria-label={t('bulk.label')}>
      <div className="flex min-h-7 items-center gap-2">
        <Icon name={isBusy(run) ? 'loader-circle' : run.state === 'undone' ? 'undo-2' : 'check-check'} size={14} className={isBusy(run) ? 'text-accent motion-safe:animate-spin' : 'text-moss'} />
        <span role="status" className="min-w-0 grow">
          {wordsOf(run)}
          {left > 0 && <span className="text-clay"> · {t(run.state === 'undone' ? 'bulk.kept' : 'bulk.refused', { count: left })}</span>}
        </span>
        {!isBusy(run) && <IconButton icon="x" size={24} side="top" label={t('bulk.dismiss')} onClick={hide} />}
      </div>
      {isBusy(run) && <ProgressBar label={wordsOf(run)} value={done} max={total} className="h-1" />}
      {run.isCut && <p className="text-xs text-honey">{t('bulk.cut')}</p>}
      {!isBusy(run) && (
        <div className="flex flex-wrap items-center gap-2">
          {run.undoUntil && Date.parse(run.undoUntil) > now && <><Button size="sm" icon="undo-2" isBusy={undo.isPending} onClick={() => undo.mutate(run.id)}>{t('command.undo')}</Button><span className="text-xs text-ink-3">{t('bulk.undoHint', { at: formatClock(run.undoUntil) })}</span></>}
          {left > 0 && <Button size="sm" tone="quiet" onClick={() => setReporting(true)}>{t('bulk.why')}</Button>}
        </div>
      )}
      {isReporting && <Report run={run} onClose={() => setReporting(false)} />}
    </section>
  );
}
