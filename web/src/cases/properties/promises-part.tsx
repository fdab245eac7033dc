import type { CaseDetail, CasePromise } from '@rapport/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { lazyPart } from '../../data/lazy-part.ts';
import { caseQuery } from '../../data/cases.ts';
import { undoAction } from '../../commands/undo-action.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock, formatFull } from '../../i18n/format.ts';
import { classes } from '../../ui/classes.ts';
import { IconButton, iconButtonLook } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useNow } from '../../ui/use-now.ts';
import { Part } from './part.tsx';

const PromiseForm = lazyPart(async () => (await import('./promise-form.tsx')).PromiseForm);

type State = CasePromise['state'];

function PromiseLine({ promise, now, settle }: { promise: CasePromise; now: number; settle: ((state: State) => void) | undefined }) {
  const { state } = promise;
  const isOpen = state === 'open';
  const isOverdue = isOpen && Date.parse(promise.dueAt) <= now;
  return (
    <li className="flex items-start gap-2 py-1 text-sm">
      <Icon name={isOverdue ? 'flag' : isOpen ? 'hourglass' : promise.state === 'kept' ? 'circle-check' : promise.state === 'broken' ? 'circle-alert' : 'ban'} size={14} className={classes('mt-0.5', isOverdue || promise.state === 'broken' ? 'text-clay' : promise.state === 'kept' ? 'text-moss' : 'text-ink-3')} />
      <div className="min-w-0 grow">
        <p dir="auto" className={classes('break-words', !isOpen && 'text-ink-2')}>{promise.text}</p>
        <p className={classes('text-xs', isOverdue ? 'font-semibold text-clay' : 'text-ink-3')} title={`${formatFull(promise.dueAt)} · ${promise.madeBy.name}`}>
          {state === 'open' ? t(isOverdue ? 'promise.wasDue' : 'promise.isDue', { due: formatDayAndClock(promise.dueAt) }) : t(`promise.state.${state}`, { name: promise.settledBy ?? '' })}
        </p>
      </div>
      {settle && isOpen && <IconButton icon="check" size={24} label={t('promise.keep', { what: promise.text })} onClick={() => settle('kept')} />}
      {settle && (
        <Menu
          trigger={<button type="button" aria-label={t('promise.more', { what: promise.text })} className={`${iconButtonLook} size-6`}><Icon name="ellipsis" size={14} /></button>}
          groups={[isOpen ? [{ id: 'broken', label: t('promise.setBroken'), icon: 'circle-alert', run: () => settle('broken') }, { id: 'withdrawn', label: t('promise.withdraw'), icon: 'ban', run: () => settle('withdrawn') }] : [{ id: 'open', label: t('promise.reopen'), icon: 'rotate-ccw', run: () => settle('open') }]]}
        />
      )}
    </li>
  );
}

/** What the customer was promised, and what became of it. */
export function PromisesPart({ detail }: { detail: CaseDetail }) {
  const canNote = useCan('case.note') && detail.status !== 'closed';
  const cache = useQueryClient();
  const now = useNow(30_000);
  const [isMaking, setMaking] = useState(false);
  const refresh = () => void cache.invalidateQueries({ queryKey: caseQuery(detail.id).queryKey });
  const onError = (error: unknown) => {
    showTrouble(explain(error));
    refresh();
  };
  const make = useMutation({
    mutationFn: (body: { text: string; dueAt: string }) => client.promises.make({ params: { caseId: detail.id }, body }),
    onSuccess: () => { setMaking(false); refresh(); },
    onError,
  });
  const change = useMutation({
    mutationFn: ({ promise, state }: { promise: CasePromise; state: State }) => client.promises.change({ params: { caseId: detail.id, promiseId: promise.id }, body: { state, version: promise.version } }),
    onSuccess: (saved, { promise }) => {
      refresh();
      showToast(t(`promise.done.${saved.state}`), { icon: 'check', ...(promise.state === 'open' ? { action: undoAction(() => change.mutate({ promise: saved, state: 'open' })) } : {}) });
    },
    onError,
  });
  if (detail.promises.length === 0 && !canNote) return null;
  return (
    <Part title={t('promise.title')} action={canNote && !isMaking && <IconButton icon="plus" size={24} label={t('promise.new')} onClick={() => setMaking(true)} />}>
      {isMaking && <Suspense fallback={null}><PromiseForm onMake={(promise) => make.mutate(promise)} onCancel={() => setMaking(false)} isBusy={make.isPending} /></Suspense>}
      {detail.promises.length === 0 && !isMaking && <p className="text-sm text-ink-3">{t('promise.none')}</p>}
      <ul>{detail.promises.map((one) => <PromiseLine key={one.id} promise={one} now={now} settle={canNote ? (state) => change.mutate({ promise: one, state }) : undefined} />)}</ul>
    </Part>
  );
}
