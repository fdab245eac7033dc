import type { View } from '@rapport/contract';
import { useRemoval } from '../commands/use-removal.ts';
import { client } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import { viewsQuery } from '../data/view-queries.ts';

/** Removes a view, with the way back. */
export function useRemoveView(onRemoved: (view: View) => unknown) {
  return useRemoval<View>({
    remove: (view) => client.views.remove({ params: { viewId: view.id } }),
    restore: (wayBack) => client.views.restore({ body: { wayBack } }),
    nameOf: (view) => view.name,
    refresh: () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey }),
    onRemoved,
  });
}
