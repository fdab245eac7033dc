import type { View, ViewContent } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { viewsQuery } from '../data/view-queries.ts';
import type { OwnView } from '../data/views.ts';
import { isSame, readAddress, writeAddress } from './address.ts';

export interface OwnViewState {
  content: ViewContent;
  /** The view it is, or was made from. */
  saved: View | undefined;
  /** Differs from the saved one, or was never saved. */
  isUnsaved: boolean;
  /** Shows something else from now on; the address changes with it. */
  change: (part: Partial<ViewContent>) => void;
}

/** What an address of one's own shows. `gone`: the view was removed, or is not for this agent. */
export function useOwnView(view: OwnView): OwnViewState | 'pending' | 'gone' {
  const views = useQuery(viewsQuery);
  const navigate = useNavigate();
  const unsaved = useMemo(() => (view.startsWith('filter-') ? readAddress(view) : undefined), [view]);
  const savedId = view.startsWith('view-') ? view.slice(5) : unsaved?.of;
  const saved = views.data?.find(({ id }) => id === savedId);
  const content = unsaved?.content ?? saved?.content;
  if (!content) return view.startsWith('view-') && views.isPending ? 'pending' : 'gone';
  const change = (part: Partial<ViewContent>) => {
    const next = { ...content, ...part };
    const to = saved && isSame(next, saved.content) ? (`view-${saved.id}` as const) : writeAddress({ content: next, of: saved?.id });
    void navigate({ to: '/cases/$view', params: { view: to }, replace: view.startsWith('filter-') });
  };
  return { content, saved, isUnsaved: unsaved !== undefined, change };
}
