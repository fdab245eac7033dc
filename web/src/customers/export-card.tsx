import type { Customer, CustomerExport } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { formatBytes, formatFull } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Card } from '../ui/page.tsx';
import { showTrouble } from '../ui/toast.ts';

const LOOK_MS = 700;
const MOST_SHOWN = 5;
const isGoingOn = (each: CustomerExport) => each.state === 'waiting' || each.state === 'running';

function stateWords(each: CustomerExport): string {
  if (each.state === 'running') return t('export.running', { done: each.done, total: each.total });
  if (each.state === 'ready') return t('export.ready', { size: formatBytes(each.bytes) });
  if (each.state === 'failed') return t(`export.failed.${each.failure ?? 'unexpected'}`);
  return t(`export.${each.state}`);
}

function followLink(href: string): void {
  const link = document.createElement('a');
  Object.assign(link, { href, download: '' });
  link.click();
}

/** An archive of what is kept of somebody: asked for, watched while it is made, fetched, and taken away. */
export function ExportCard({ customer }: { customer: Customer }) {
  const [isAsking, setAsking] = useState(false);
  const [hasNotes, setNotes] = useState(false);
  const key = ['customer', customer.id, 'exports'];
  const refresh = () => queryClient.invalidateQueries({ queryKey: key });
  const exports = useQuery({
    queryKey: key, staleTime: 0, queryFn: ({ signal }) => client.customerExports.list({ params: { customerId: customer.id }, signal }), refetchInterval: (query) => (query.state.data?.items.some(isGoingOn) ? LOOK_MS : false),
  });
  const start = useMutation({
    mutationFn: (withNotes: boolean) => client.customerExports.start({ params: { customerId: customer.id }, body: { hasNotes: withNotes } }), onSuccess: () => setAsking(false), onError: (error) => showTrouble(explain(error)), onSettled: refresh,
  });
  const cancel = useMutation({ mutationFn: (exportId: string) => client.customerExports.cancel({ params: { exportId } }), onError: (error) => showTrouble(explain(error)), onSettled: refresh });
  // The link itself cannot ask who is there; this call can, and then the browser fetches by itself.
  const fetchIt = useMutation({
    mutationFn: (exportId: string) => client.customerExports.unlock({ params: { exportId } }), onError: (error) => {
      showTrouble(explain(error));
      void refresh();
    },
    onSuccess: ({ id }) => followLink(`/api/v1/customer-exports/${id}/file`),
  });
  // Whose role does not see every case gets no archive of them.
  if (exports.isError) return null;
  const items = (exports.data?.items ?? []).slice(0, MOST_SHOWN);
  return (
    <Card title={t('export.title')} description={t('export.lead')} actions={<Button icon="archive" disabled={items.some(isGoingOn)} onClick={() => { setNotes(false); setAsking(true); }}>{t('export.deed')}</Button>}>
      {items.length > 0 && (
        <ul className="-my-2 divide-y divide-line" aria-label={t('export.title')}>
          {items.map((each) => (
            <li key={each.id} className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
              <div className="min-w-0 grow basis-48">
                <p role={isGoingOn(each) ? 'status' : undefined} className={each.state === 'ready' || isGoingOn(each) ? 'font-medium' : 'text-ink-2'}>{stateWords(each)}</p>
                <p className="text-sm text-ink-3">{t('export.by', { name: each.byName, date: formatFull(each.createdAt) })}{each.state === 'ready' && each.expiresAt && ` · ${t('export.until', { time: formatFull(each.expiresAt) })}`}</p>
              </div>
              {each.state === 'ready' && <Button icon="download" isBusy={fetchIt.isPending && fetchIt.variables === each.id} onClick={() => fetchIt.mutate(each.id)}>{t('export.download')}</Button>}
              {each.state === 'failed' && each.id === items[0]?.id && <Button icon="refresh-cw" isBusy={start.isPending} onClick={() => start.mutate(each.hasNotes)}>{t('export.again')}</Button>}
              {(isGoingOn(each) || each.state === 'ready') && <Button tone="quiet" isBusy={cancel.isPending && cancel.variables === each.id} onClick={() => cancel.mutate(each.id)}>{t(each.state === 'ready' ? 'export.remove' : 'export.cancel')}</Button>}
            </li>
          ))}
        </ul>
      )}
      <Dialog
        isOpen={isAsking} onClose={() => setAsking(false)} title={t('export.ask', { name: customer.name })} description={t('export.askLead')}
        actions={<><Button onClick={() => setAsking(false)}>{t('ui.cancel')}</Button><Button tone="primary" isBusy={start.isPending} onClick={() => start.mutate(hasNotes)}>{t('export.deed')}</Button></>}
      >
        <Checkbox isChecked={hasNotes} onChange={setNotes} label={t('export.notes')} />
        <p className="mt-1 text-sm text-ink-3">{t('export.notesHint')}</p>
      </Dialog>
    </Card>
  );
}
