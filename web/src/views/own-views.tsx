import type { View } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useState, type DragEvent, type KeyboardEvent } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { lazyPart } from '../data/lazy-part.ts';
import { queryClient } from '../data/query-client.ts';
import { viewCountsQuery, viewsQuery } from '../data/view-queries.ts';
import type { ViewId } from '../data/views.ts';
import { SavedLinks } from '../search/saved-links.tsx';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { copyText } from '../ui/copy-text.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { writeAddress } from './address.ts';
import { beginFilter } from './begin-filter.ts';
import { useRemoveView } from './use-remove-view.tsx';
import { ViewFace } from './view-face.tsx';

const ViewDialog = lazyPart(async () => (await import('./view-dialog.tsx')).ViewDialog);

/** The list with one view moved to another place. */
export function moved(views: readonly View[], viewId: string, to: number): View[] {
  const one = views.find(({ id }) => id === viewId);
  const rest = views.filter(({ id }) => id !== viewId);
  return one ? [...rest.slice(0, Math.max(0, to)), one, ...rest.slice(Math.max(0, to))] : [...views];
}

function useOrder(views: readonly View[]) {
  const order = useMutation({
    mutationFn: (next: readonly View[]) => client.views.order({ body: { viewIds: next.map(({ id }) => id) } }),
    onMutate: (next) => queryClient.setQueryData(viewsQuery.queryKey, { items: [...next] }),
    onError: (error) => {
      showTrouble(explain(error));
      void queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
    },
  });
  return (viewId: string, to: number) => {
    if (to >= 0 && to < views.length && views[to]?.id !== viewId) order.mutate(moved(views, viewId, to));
  };
}

/** The views of this agent, own and shared, in the agent's order. */
export function OwnViews({ current }: { current: ViewId | undefined }) {
  const views = useQuery(viewsQuery).data ?? [];
  const counts = useQuery({ ...viewCountsQuery, enabled: views.length > 0 }).data;
  const navigate = useNavigate();
  const move = useOrder(views);
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  const [editing, setEditing] = useState<View>();
  const go = (view: ViewId) => navigate({ to: '/cases/$view', params: { view } });
  const { remove, question } = useRemoveView((view) => current === `view-${view.id}` && go('mine'));
  const drop = (event: DragEvent, index: number) => {
    event.preventDefault();
    if (dragged) move(dragged, index);
    setDragged(undefined);
    setOver(undefined);
  };
  const onKey = (view: View, index: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(view.id, index + (event.key === 'ArrowUp' ? -1 : 1));
  };
  const countWords = (view: View) => {
    const count = counts?.find(({ viewId }) => viewId === view.id);
    return !count || (count.count === 0 && !count.isMore) ? '' : `${formatNumber(count.count)}${count.isMore ? '+' : ''}`;
  };
  const copy = (view: View) => void copyText(`${location.origin}/cases/view-${view.id}`).then((isDone) => isDone && showToast(t('views.copied')));
  const menu = (view: View, index: number) => [
    [
      ...(view.canEdit ? [{ id: 'edit', label: t('views.edit'), icon: 'pencil' as const, run: () => setEditing(view) }] : []),
      { id: 'copy', label: t('views.duplicate'), icon: 'copy' as const, run: () => void go(writeAddress({ content: view.content, of: undefined })) },
      { id: 'link', label: t('views.copyLink'), icon: 'link' as const, run: () => copy(view) },
    ],
    [{ id: 'up', label: t('views.up'), icon: 'arrow-up' as const, isDisabled: index === 0, run: () => move(view.id, index - 1) }, { id: 'down', label: t('views.down'), icon: 'arrow-down' as const, isDisabled: index === views.length - 1, run: () => move(view.id, index + 1) }],
    ...(view.canEdit ? [[{ id: 'remove', label: t('views.remove'), icon: 'trash-2' as const, isDanger: true, run: () => remove(view) }]] : []),
  ];
  return (
    <>
      <section className="mb-4">
        <div className="flex items-center justify-between ps-2">
          <h2 className="text-xs font-semibold text-ink-3">{t('views.title')}</h2>
          <IconButton icon="plus" size={24} label={t('views.new')} onClick={() => beginFilter('open', 'newest', go)} />
        </div>
        <ul className="flex flex-col gap-px">
          {views.map((view, index) => {
            const isCurrent = current === `view-${view.id}`;
            return (
              <li
                key={view.id} draggable onDragStart={(event) => { setDragged(view.id); event.dataTransfer.effectAllowed = 'move'; }} onDragEnd={() => { setDragged(undefined); setOver(undefined); }}
                onDragOver={(event) => { if (dragged) { event.preventDefault(); setOver(view.id); } }} onDrop={(event) => drop(event, index)}
                className={classes('group/view relative flex items-center rounded-md', dragged === view.id && 'opacity-50', over === view.id && dragged !== view.id && 'ring-1 ring-accent', isCurrent ? 'bg-surface shadow-lift' : 'hover:bg-hover')}
              >
                <Link
                  to="/cases/$view" params={{ view: `view-${view.id}` }} aria-current={isCurrent ? 'page' : undefined} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onKeyDown={onKey(view, index)} draggable={false}
                  className={classes('flex h-8 min-w-0 grow items-center gap-2.5 rounded-md ps-2 pe-2 text-base transition-colors duration-120 max-md:h-11', isCurrent ? 'font-semibold text-ink' : 'text-ink-2 group-hover/view:text-ink')}
                >
                  <ViewFace view={view} />
                  <bdi className="min-w-0 grow truncate">{view.name}</bdi>
                  {view.missing.length > 0 && <span title={t('views.brokenTitle')} className="text-clay"><Icon name="triangle-alert" size={12} /><span className="sr-only">{t('views.brokenTitle')}</span></span>}
                  {view.audience !== 'personal' && <span title={t(view.audience === 'team' ? 'views.sharedTeam' : 'views.sharedAll')} className="text-ink-3"><Icon name={view.audience === 'team' ? 'users' : 'building-2'} size={12} /><span className="sr-only">{t(view.audience === 'team' ? 'views.sharedTeam' : 'views.sharedAll')}</span></span>}
                  <span className={classes('text-sm tabular-nums group-focus-within/view:pe-6 group-hover/view:pe-6 max-md:pe-9', isCurrent ? 'text-ink-2' : 'text-ink-3')}>{countWords(view)}</span>
                </Link>
                <span className="absolute end-1 opacity-0 group-focus-within/view:opacity-100 group-hover/view:opacity-100 has-data-popup-open:opacity-100 max-md:opacity-100">
                  <Menu groups={menu(view, index)} trigger={<button type="button" aria-label={t('views.menu', { name: view.name })} className="grid size-6 place-items-center rounded-md text-ink-3 hover:bg-press hover:text-ink max-md:size-9"><Icon name="ellipsis" size={14} /></button>} />
                </span>
              </li>
            );
          })}
        </ul>
        {views.length === 0 && <p className="px-2 pt-0.5 text-xs text-ink-3">{t('views.noneYet')}</p>}
        {question}
        {editing && <Suspense fallback={null}><ViewDialog view={editing} content={editing.content} onClose={() => setEditing(undefined)} onSaved={() => setEditing(undefined)} /></Suspense>}
      </section>
      <SavedLinks />
    </>
  );
}
