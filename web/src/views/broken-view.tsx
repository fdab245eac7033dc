import type { View } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { viewsQuery } from '../data/view-queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { showTrouble } from '../ui/toast.ts';
import { useRemoveView } from './use-remove-view.tsx';

/** Instead of the cases of a view of which something is gone: what that is, and the ways on from there. */
export function BrokenView({ view }: { view: View }) {
  const navigate = useNavigate();
  const { remove, isPending, question } = useRemoveView(() => navigate({ to: '/cases/$view', params: { view: 'mine' } }));
  const mend = useMutation({
    mutationFn: () => {
      const { name, icon, colour, audience, teamId, version, content } = view;
      return client.views.update({ params: { viewId: view.id }, body: { name, icon, colour, audience, teamId, version, content } });
    },
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
  const ways = view.canEdit && <><Button tone="primary" isBusy={mend.isPending} onClick={() => mend.mutate()}>{t('views.mend')}</Button><Button icon="trash-2" isBusy={isPending} onClick={() => remove(view)}>{t('views.remove')}</Button></>;
  return (
    <EmptyState icon="triangle-alert" tone="clay" title={t('views.brokenTitle')} action={ways}>
      {view.missing.map((what) => <p key={what}>{t(`views.missing.${what}`)}</p>)}
      <p className="mt-2">{view.canEdit ? t('views.brokenHint') : t('views.brokenTell', { name: view.updatedBy })}</p>
      {question}
    </EmptyState>
  );
}
