import type { Customer } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { formatDate } from '../i18n/format.ts';
import { identityWord } from './identity-word.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Card } from '../ui/page.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { FindSamePerson } from './find-same-person.tsx';
import { duplicatesQuery, mergesQuery, refreshCustomers } from './queries.ts';

/** Who may be the same person, who was found to be, and a search for whom nobody suggests. Merging can be undone, so it asks once and offers the way back. */
export function SamePersonCard({ customer }: { customer: Customer }) {
  const canEdit = useCan('customer.edit');
  const duplicates = useQuery(duplicatesQuery(customer.id)).data ?? [];
  const merges = (useQuery(mergesQuery(customer.id)).data ?? []).filter((each) => !each.isUndone);
  const [asking, setAsking] = useState<Customer>();
  const [isFinding, setFinding] = useState(false);
  const undo = useMutation({
    mutationFn: (mergeId: string) => client.customerMerging.undo({ params: { customerId: customer.id, mergeId } }),
    onSuccess: () => { refreshCustomers(); showToast(t('merging.undone'), { icon: 'undo-2' }); },
    onError: (error) => showTrouble(isProblem(error, 'undo_later_first') ? t('merging.laterFirst') : explain(error)),
  });
  const merge = useMutation({
    mutationFn: (other: Customer) => client.customerMerging.merge({ params: { customerId: other.id }, body: { intoCustomerId: customer.id } }),
    onSuccess: ({ mergeId }, other) => {
      refreshCustomers();
      setAsking(undefined);
      showToast(t('merging.done', { name: other.name }), { icon: 'git-merge', action: undoAction(() => undo.mutate(mergeId)) });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const dismiss = useMutation({ mutationFn: (otherId: string) => client.customerMerging.dismissDuplicate({ params: { customerId: customer.id, otherId } }), onSuccess: refreshCustomers, onError: (error) => showTrouble(explain(error)) });
  const isEmpty = duplicates.length === 0 && merges.length === 0;
  if (isEmpty && !canEdit) return null;
  return (
    <Card title={t('merging.title')} description={t('merging.lead')} actions={canEdit && <Button icon="search" onClick={() => setFinding(true)}>{t('merging.find')}</Button>}>
      {!isEmpty && <ul className="-my-2 divide-y divide-line">
        {duplicates.map((each) => (
          <li key={each.customer.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
            <Avatar name={each.customer.name} size={32} />
            <div className="min-w-0 grow basis-48">
              <Link to="/customers/$customerId" params={{ customerId: each.customer.id }} className="font-medium hover:underline"><bdi>{each.customer.name}</bdi></Link>
              <p className="truncate text-sm text-ink-3"><bdi>{identityWord(each.customer.identities[0])}</bdi> · {each.reasons.map((reason) => t(`merging.reason.${reason}`)).join(', ')}</p>
            </div>
            {canEdit && <span className="flex gap-2"><Button size="sm" icon="git-merge" onClick={() => setAsking(each.customer)}>{t('merging.deed')}</Button><Button size="sm" tone="quiet" onClick={() => dismiss.mutate(each.customer.id)}>{t('merging.dismiss')}</Button></span>}
          </li>
        ))}
        {merges.map((each) => (
          <li key={each.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
            <div className="min-w-0 grow basis-48"><p><bdi>{t('merging.was', { name: each.fromName })}</bdi></p><p className="text-sm text-ink-3">{t('merging.by', { name: each.byName, date: formatDate(each.at) })} · {t('customer.cases', { count: each.caseCount })}</p></div>
            {canEdit && <Button size="sm" icon="undo-2" isBusy={undo.isPending && undo.variables === each.id} onClick={() => undo.mutate(each.id)}>{t('merging.undo')}</Button>}
          </li>
        ))}
      </ul>}
      {isFinding && <FindSamePerson customer={customer} onClose={() => setFinding(false)} onFound={(other) => { setFinding(false); setAsking(other); }} />}
      <Confirm isOpen={asking !== undefined} onClose={() => setAsking(undefined)} title={t('merging.ask', { from: asking?.name ?? '', into: customer.name })} deed={t('merging.deed')} isBusy={merge.isPending} onConfirm={() => asking && merge.mutate(asking)}>{t('merging.askLead')}</Confirm>
    </Card>
  );
}
