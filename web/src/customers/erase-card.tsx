import type { Customer, ErasureReport } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Card } from '../ui/page.tsx';
import { showTrouble } from '../ui/toast.ts';

const LOOK_MS = 700;

function Report({ report }: { report: ErasureReport }) {
  const { verification } = report;
  const sum = (name: string) => report.removed[name] ?? 0;
  return (
    <div className="flex flex-col gap-3">
      <Banner tone={verification.rowsFound === 0 ? 'info' : 'trouble'} icon={verification.rowsFound === 0 ? 'shield-check' : 'circle-alert'} className="rounded-md">
        {verification.rowsFound === 0 ? t('erasure.proof', { tables: verification.tables, columns: verification.columns }) : t('erasure.traces', { count: verification.rowsFound, where: verification.where.join(', ') })}
      </Banner>
      <p className="text-ink-2">{verification.namesSearched === 0 ? t('erasure.notByName') : verification.namesFound === 0 ? t('erasure.noName') : t('erasure.names', { count: verification.namesFound, where: verification.namesWhere.join(', ') })} {t('erasure.unsearched')}</p>
      <p className="text-ink-2">{t('erasure.removed', { cases: sum('cases'), messages: sum('messages'), files: sum('files') })} {t('erasure.nameless', { cases: report.pseudonymised['cases'] ?? 0 })}</p>
    </div>
  );
}

/** The way out for good: the name is typed once more, then the report shows what went, what was searched for and what was not. */
export function EraseCard({ customer, erasureId, onBegun }: { customer: Customer | undefined; erasureId: string | undefined; onBegun: (erasureId: string) => void }) {
  const [isAsking, setAsking] = useState(false);
  const erasure = useQuery({
    queryKey: ['erasure', erasureId], enabled: erasureId !== undefined,
    queryFn: ({ signal }) => client.privacy.getErasure({ params: { erasureId: erasureId ?? '' }, signal }), refetchInterval: (query) => (query.state.data?.state === 'done' ? false : LOOK_MS),
  }).data;
  const begin = useMutation({
    mutationFn: (one: Customer) => client.privacy.startErasure({ params: { customerId: one.id }, body: { name: one.name } }),
    onSuccess: (begun) => { setAsking(false); onBegun(begun.id); },
    onError: (error) => showTrouble(isProblem(error, 'still_in_use') ? t('erasure.ours') : explain(error)),
  });
  return (
    <Card title={t('erasure.title')} description={erasureId === undefined && t('erasure.lead')} actions={customer && erasureId === undefined && <Button icon="trash-2" onClick={() => setAsking(true)}>{t('erasure.deed')}</Button>}>
      {erasureId !== undefined && (erasure?.report && erasure.state === 'done' ? <Report report={erasure.report} /> : <p role="status">{t('erasure.running')}</p>)}
      {customer && <Confirm isOpen={isAsking} onClose={() => setAsking(false)} typed={customer.name} title={t('erasure.ask', { name: customer.name })} deed={t('erasure.deed')} isBusy={begin.isPending} onConfirm={() => begin.mutate(customer)}>{t('erasure.lead')}</Confirm>}
    </Card>
  );
}
