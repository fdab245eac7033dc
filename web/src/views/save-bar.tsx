import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../commands/registry.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { viewsQuery } from '../data/view-queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { showTrouble } from '../ui/toast.ts';
import type { OwnViewState } from './use-own-view.ts';
import { ViewDialog } from './view-dialog.tsx';

/** The ways from a list that is not saved to one that is. */
export function SaveBar({ state }: { state: OwnViewState }) {
  const navigate = useNavigate();
  const [isNaming, setNaming] = useState(false);
  const { saved, content, isUnsaved } = state;
  const canKeep = saved?.canEdit === true;
  const go = (id: string) => void navigate({ to: '/cases/$view', params: { view: `view-${id}` }, replace: true });
  const keep = useMutation({
    mutationFn: async () => {
      if (!saved) throw new Error('There is no view to keep it in.');
      const { name, icon, colour, audience, teamId, version } = saved;
      return client.views.update({ params: { viewId: saved.id }, body: { name, icon, colour, audience, teamId, version, content } });
    },
    onSuccess: async (view) => {
      await queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
      go(view.id);
    },
    onError: (error) => {
      if (isProblem(error, 'changed_meanwhile')) void queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
      showTrouble(explain(error));
    },
  });
  useCommand('list.saveView', isUnsaved ? () => setNaming(true) : undefined);
  return (
    <>
      {isUnsaved && (
        <span className="flex flex-wrap items-center gap-1.5">
          {canKeep && <Button size="sm" tone="primary" isBusy={keep.isPending} onClick={() => keep.mutate()}>{t('views.keep')}</Button>}
          <Button size="sm" tone={canKeep ? 'plain' : 'primary'} icon="save" onClick={() => setNaming(true)}>{t(saved ? 'views.saveNew' : 'views.save')}</Button>
          {saved && <Button size="sm" tone="quiet" onClick={() => go(saved.id)}>{t('views.backTo')}</Button>}
        </span>
      )}
      {isNaming && <ViewDialog content={content} onClose={() => setNaming(false)} onSaved={(view) => { setNaming(false); go(view.id); }} />}
    </>
  );
}
