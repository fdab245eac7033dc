import type { View } from '@rapport/contract';
import { Suspense, useState, type ReactNode } from 'react';
import { useRemoval } from '../commands/use-removal.ts';
import { client } from '../data/client.ts';
import { lazyPart } from '../data/lazy-part.ts';
import { queryClient } from '../data/query-client.ts';
import { viewsQuery } from '../data/view-queries.ts';

const RemoveShared = lazyPart(async () => (await import('./remove-shared.tsx')).RemoveShared);

/** Removes a view, with the way back; one that others use only after asking. What asks has to be shown. */
export function useRemoveView(onRemoved: (view: View) => unknown): { remove: (view: View) => void; isPending: boolean; question: ReactNode } {
  const [asked, setAsked] = useState<View>();
  const { mutate, isPending } = useRemoval<View>({
    remove: (view) => client.views.remove({ params: { viewId: view.id } }),
    restore: (wayBack) => client.views.restore({ body: { wayBack } }),
    nameOf: (view) => view.name,
    refresh: () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey }),
    onRemoved,
  });
  const close = () => setAsked(undefined);
  return {
    isPending,
    remove: (view) => (view.audience === 'personal' ? mutate(view) : setAsked(view)),
    question: asked && <Suspense fallback={null}><RemoveShared view={asked} isBusy={isPending} onClose={close} onConfirm={() => mutate(asked, { onSettled: close })} /></Suspense>,
  };
}
