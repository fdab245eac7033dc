import type { View } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { viewsQuery } from '../data/view-queries.ts';
import { t } from '../i18n/index.ts';
import { Confirm } from '../ui/confirm.tsx';
import { showTrouble } from '../ui/toast.ts';

/** Asks once more, and removes a view. */
export function RemoveView({ view, onClose, onRemoved }: { view: View; onClose: () => void; onRemoved: () => void }) {
  const remove = useMutation({
    mutationFn: () => client.views.remove({ params: { viewId: view.id } }),
    onSuccess: () => {
      onClose();
      onRemoved();
      void queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return <Confirm isOpen onClose={onClose} title={t('views.removeTitle', { name: view.name })} deed={t('views.remove')} isBusy={remove.isPending} onConfirm={() => remove.mutate()}>{t(view.audience === 'personal' ? 'views.removeHint' : 'views.removeShared')}</Confirm>;
}
