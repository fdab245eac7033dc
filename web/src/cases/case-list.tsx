import type { BodyInput, Endpoints } from '@rapport/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, Suspense, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { fetchPart, lazyPart } from '../data/lazy-part.ts';
import { ariaKeys } from '../commands/bindings.ts';
import { CommandButton } from '../commands/command-button.tsx';
import { runCommand, useCommand } from '../commands/registry.ts';
import { countsQuery, listQuery } from '../data/cases.ts';
import { explain } from '../data/explain.ts';
import { teamsQuery } from '../data/people.ts';
import { chooseListOrder, listOrder } from '../data/preferences.ts';
import { useCan } from '../data/session.ts';
import { filterOf, isOwnView, type ShelfView, type ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { formatNumber } from '../i18n/format.ts';
import { useDensity, useTextSize } from '../ui/appearance.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useNow } from '../ui/use-now.ts';
import { addSelected, clearSelection, selectWhole, toggleSelected, useSelection } from './bulk/selection.ts';
import { CaseRowContent } from './case-row.tsx';
import { EmptyView } from './empty-view.tsx';
import { ListDivider } from './list-divider.tsx';
import { neighbour, setOpenList } from './open-list.ts';
import { viewWord } from './words.ts';

const BulkBar = lazyPart(async () => (await import('./bulk/bulk-bar.tsx')).BulkBar);
const BulkProgress = lazyPart(async () => (await import('./bulk/bulk-progress.tsx')).BulkProgress);
const rowHeights = { compact: 54, cosy: 76, roomy: 92 };

export type WholeList = BodyInput<Endpoints['bulk']['start']>['selection'];

/** What a list shows that is no shelf: asked for, named and filtered by whoever hands it in. */
export interface OwnList {
  query: ReturnType<typeof listQuery>;
  title: ReactNode;
  /** Stands for everything the list shows. */
  whole: WholeList;
  /** Between the head and the rows. */
  bar: ReactNode;
  tools: ReactNode;
  empty: ReactNode;
}

function countOf(view: ShelfView, counts: { mine: number; unassigned: number; shelves: Record<string, number>; aside: Record<string, number | null>; teams: { teamId: string; open: number }[] } | undefined): number | undefined {
  if (!counts) return undefined;
  if (view === 'mine' || view === 'unassigned') return counts[view];
  if (view.startsWith('team-')) return counts.teams.find((team) => `team-${team.teamId}` === view)?.open ?? 0;
  return counts.shelves[view] ?? counts.aside[view] ?? 0;
}

/** So many further rows come into sight when the open one would leave it. */
const AHEAD = 4;

function RowSkeletons({ height }: { height: number }) {
  return Array.from({ length: 9 }, (_, index) => (
    <div key={index} style={{ height }} className="flex gap-3 border-b border-line py-2.5 ps-4 pe-3.5">
      <Skeleton className="size-[34px] !rounded-full" />
      <div className="flex grow flex-col gap-2 pt-1"><Skeleton className="h-3 w-2/5" /><Skeleton className="h-3 w-4/5" /><Skeleton className="h-2.5 w-3/5" /></div>
    </div>
  ));
}

/** One view's cases, however many, with the open one marked. */
export const CaseList = memo(function CaseList({ view, openId, onBack, own }: { view: ViewId; openId: string | undefined; onBack?: (() => void) | undefined; own?: OwnList }) {
  const shelf = isOwnView(view) ? undefined : view;
  const [order, setOrder] = useState(listOrder);
  const density = useDensity();
  const now = useNow(60_000);
  const query = useInfiniteQuery(own?.query ?? listQuery(filterOf(shelf ?? 'open'), order));
  const counts = useQuery(countsQuery).data;
  const teams = useQuery(teamsQuery).data;
  const navigate = useNavigate();
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = Math.max((shelf && countOf(shelf, counts)) ?? rows.length, rows.length);
  const current = rows.findIndex((row) => row.id === openId);
  const textSize = useTextSize();
  const height = Math.round((rowHeights[density] * Number(textSize)) / 100);
  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 6, getItemKey: (index) => rows[index]!.id });

  useEffect(() => setOpenList(rows), [rows]);
  useEffect(() => virtual.measure(), [height, virtual]);
  useLayoutEffect(() => {
    // What is in sight is left alone: asking the list to scroll makes the browser lay out the page at once. Whoever leafs sees some of what comes next, and the list moves once for several steps.
    const from = virtual.scrollOffset ?? 0;
    const room = virtual.scrollRect?.height ?? 0;
    const ahead = Math.min(AHEAD, Math.floor(room / height / 3));
    if (current >= 0 && current * height < from) virtual.scrollToIndex(Math.max(0, current - ahead), { align: 'start' });
    else if (current >= 0 && (current + 1) * height > from + room) virtual.scrollToIndex(Math.min(rows.length - 1, current + ahead), { align: 'end' });
    // Only when another case is opened: a list that moves under the open case must not jump.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [openId, view]);

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 15) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  const open = (number: number, replace = false) => void navigate({ to: '/cases/$view/$number', params: { view, number: String(number) }, replace });
  const step = (by: 1 | -1) => () => {
    const row = neighbour(openId, by);
    // Leafing through replaces: "back" leads out of the pile, not through every case of it.
    if (row) open(row.number, openId !== undefined);
  };
  useCommand('list.next', step(1));
  useCommand('list.previous', step(-1));
  useCommand('list.filter', shelf && (() => void fetchPart(() => import('../views/begin-filter.ts')).then(({ beginFilter }) => beginFilter(shelf, order, (next) => void navigate({ to: '/cases/$view', params: { view: next } })))));
  useCommand('list.order', own ? undefined : () => {
    const next = order === 'newest' ? 'oldest' : 'newest';
    chooseListOrder(next);
    setOrder(next);
  });
  const selection = useSelection();
  const canEdit = useCan('case.edit');
  useEffect(() => clearSelection, [view]);
  useCommand('list.select', canEdit && openId ? () => toggleSelected(openId) : undefined);
  useCommand('list.selectAll', canEdit && rows.length > 0 ? () => selectWhole(rows.map((row) => row.id)) : undefined);
  const isMarked = (id: string) => selection.isWhole || selection.ids.has(id);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && selection.ids.size > 0) return clearSelection();
    if (event.shiftKey && canEdit && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const next = neighbour(openId, event.key === 'ArrowDown' ? 1 : -1);
      addSelected(...[openId, next?.id].filter((id) => id !== undefined));
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1)();
    }
  };

  return (
    <section aria-label={viewWord(view, teams)} className="flex h-full w-full min-w-0 shrink-0 flex-col bg-surface relative md:w-[min(var(--list-width,20rem),48%)] md:border-e md:border-line">
      <header className="flex min-h-13 shrink-0 flex-wrap items-center justify-end gap-x-1 border-b border-line ps-4 pe-2 max-md:ps-1.5">
        {onBack && <IconButton icon="chevron-left" size={40} label={t('view.all')} onClick={onBack} />}
        <div className="flex min-w-0 grow basis-28 items-center gap-2">
          <h2 className="min-w-0 truncate text-md font-semibold large-text:whitespace-normal">{own?.title ?? viewWord(view, teams)}</h2>
          <span className="text-sm text-ink-3">{own ? query.isSuccess && `${formatNumber(total)}${hasNextPage ? '+' : ''}` : counts ? formatNumber(total) : ''}</span>
        </div>
        {own ? own.tools : <CommandButton command="list.filter" />}
        {!own && <CommandButton command="list.order" icon={order === 'newest' ? 'arrow-down' : 'arrow-up'} label={t(order === 'newest' ? 'list.newestFirst' : 'list.oldestFirst')} />}
        <CommandButton command="app.search" />
      </header>
      {own?.bar}
      {/* Above the list: at its foot the toasts would lie on it. */}
      <Suspense fallback={null}>
        {selection.ids.size > 0 && <BulkBar whole={own?.whole ?? { by: 'view', ...filterOf(shelf ?? 'open') }} total={total} isMore={own !== undefined && hasNextPage} loaded={rows.map((row) => row.id)} />}
        <BulkProgress />
      </Suspense>
      <div
        ref={scroller} role={query.isSuccess && rows.length === 0 ? 'group' : 'listbox'} id={listId} tabIndex={0} aria-label={viewWord(view, teams)} aria-busy={query.isPending} aria-keyshortcuts={[ariaKeys('list.next'), ariaKeys('list.previous')].filter(Boolean).join(' ') || undefined}
        aria-activedescendant={current >= 0 && items.some((item) => item.index === current) ? `${listId}-${openId}` : undefined} onKeyDown={onKey} data-case-list=""
        className="relative min-h-0 grow overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        {query.isPending && <RowSkeletons height={height} />}
        {query.isError && <EmptyState icon="cloud-off" tone="clay" title={t('list.failed')} action={<Button icon="rotate-ccw" onClick={() => void query.refetch()}>{t('page.reload')}</Button>}>{explain(query.error)}</EmptyState>}
        {query.isSuccess && rows.length === 0 && !hasNextPage && (shelf ? <EmptyView view={shelf} /> : own?.empty)}
        <div role="presentation" style={{ height: virtual.getTotalSize() }} className="relative">
          {items.map((item) => {
            const row = rows[item.index]!;
            const isSelected = row.id === openId;
            return (
              <div
                key={item.key} id={`${listId}-${row.id}`} role="option" aria-selected={isSelected} aria-posinset={item.index + 1} aria-setsize={total} aria-checked={selection.ids.size > 0 ? isMarked(row.id) : undefined}
                onClick={(event) => (canEdit && (event.ctrlKey || event.metaKey || event.shiftKey) ? toggleSelected(row.id) : isSelected ? runCommand('list.open') : open(row.number))}
                style={{ height, transform: `translateY(${item.start}px)` }}
                className={classes('group absolute inset-x-0 top-0 cursor-default border-b border-line select-none', isSelected ? 'bg-accent-soft before:absolute before:inset-y-0 before:start-0 before:w-[3px] before:bg-accent' : 'hover:bg-hover')}
              >
                {canEdit && (
                  <span
                    aria-hidden="true" data-select="" onClick={(event) => { event.stopPropagation(); toggleSelected(row.id); }} title={t('command.list.select')}
                    className={classes('absolute start-4 top-2 z-10 grid size-[34px] place-items-center rounded-full', isMarked(row.id) ? 'bg-accent text-on-accent' : selection.ids.size > 0 ? 'bg-surface text-ink-3 ring-1 ring-line-strong' : 'bg-surface text-ink-3 opacity-0 ring-1 ring-line-strong group-hover:opacity-100 max-md:hidden')}
                  >
                    <Icon name="check" />
                  </span>
                )}
                <CaseRowContent row={row} isAssigneeShown={view !== 'mine' && view !== 'unassigned'} density={density} isSelected={isSelected} now={now} />
              </div>
            );
          })}
        </div>
        {isFetchingNextPage && <RowSkeletons height={height} />}
      </div>
      <ListDivider />
    </section>
  );
});
