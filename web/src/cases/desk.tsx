import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { lazyPart } from '../data/lazy-part.ts';
import { useCommand } from '../commands/registry.ts';
import { caseQuery, countsQuery, entriesQuery } from '../data/cases.ts';
import { isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { teamsQuery } from '../data/people.ts';
import { chooseContextShown, chooseListShown, isContextShown, isListShown } from '../data/preferences.ts';
import { queryClient } from '../data/query-client.ts';
import { useCan } from '../data/session.ts';
import { isOwnView, isView, type ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { showToast } from '../ui/toast.ts';
import { useHasRoomForContext, useHasRoomForTwo, useHasRoomForViews, useIsPhone } from '../ui/use-media.ts';
import { CaseList } from './case-list.tsx';
import { CasePane, ContextPane, PaneSkeleton, prepareWriting } from './open-case.tsx';
import { neighbour } from './open-list.ts';
import { useOpenCase } from './use-open-case.ts';
import { useTabTitle } from './use-tab-title.ts';
import { ViewsColumn } from './views-column.tsx';
import { subjectOf, viewWord } from './words.ts';

const OwnViewList = lazyPart(async () => (await import('../views/own-view-list.tsx')).OwnViewList);
const Beside = lazyPart(async () => (await import('./beside.tsx')).Beside);
const NewCaseDialog = lazyPart(async () => (await import('./new-case-dialog.tsx')).NewCaseDialog);

/** Views, list, case and customer side by side; on a phone one at a time. */
export function Desk() {
  // Single words, not what holds them: that is made anew at every step of a navigation, and the desk would be drawn anew with it.
  const viewWanted = useParams({ strict: false, select: ({ view }: { view?: string }) => view });
  const numberWanted = useParams({ strict: false, select: ({ number }: { number?: string }) => number });
  const besideWanted = useSearch({ strict: false, select: ({ beside }: { beside?: number | undefined }) => beside });
  const isPhone = useIsPhone();
  const hasRoomForTwo = useHasRoomForTwo();
  const hasRoomForAllViews = useHasRoomForViews();
  const hasRoomForContext = useHasRoomForContext();
  const navigate = useNavigate();
  const view: ViewId | undefined = viewWanted && isView(viewWanted) ? viewWanted : undefined;
  const number = numberWanted && /^\d{1,15}$/.test(numberWanted) ? Number(numberWanted) : undefined;
  const open = useOpenCase(number);
  const beside = hasRoomForTwo && number !== undefined && view && besideWanted !== number ? besideWanted : undefined;
  const isTwo = beside !== undefined;
  const hasRoomForViews = hasRoomForAllViews && !isTwo;
  const [isListWanted, setListWanted] = useState(isListShown);
  const canCreate = useCan('case.reply');
  const [isContextWanted, setContextWanted] = useState(isContextShown);
  /** Where there is no room for it beside the case, the customer is shown in its place, and only when asked for. */
  const [isContextOver, setContextOver] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const counts = useQuery(countsQuery).data;
  const teams = useQuery(teamsQuery).data;
  useTabTitle(open.row ? subjectOf(open.row) : view ? viewWord(view, teams) : t('place.cases'), counts?.mine);

  useCommand('case.create', canCreate ? () => setCreating(true) : undefined);
  const toList = () => view && void navigate({ to: '/cases/$view', params: { view } });
  useCommand('case.back', number === undefined ? undefined : isContextOver ? () => setContextOver(false) : toList);
  useCommand('list.open', number === undefined && view ? () => {
    const first = neighbour(undefined, 1);
    if (first) void navigate({ to: '/cases/$view/$number', params: { view, number: String(first.number) } });
  } : undefined);
  useEffect(() => setContextOver(false), [number]);

  // The counts come with the list: from here on the line is free.
  const isListThere = counts !== undefined;
  useEffect(() => {
    if (isListThere && canCreate) prepareWriting();
  }, [isListThere, canCreate]);

  // The next case is most likely the one below: have it ready.
  useEffect(() => {
    if (!open.id) return undefined;
    const timer = setTimeout(() => {
      const next = neighbour(open.id, 1);
      if (!next) return;
      void queryClient.prefetchQuery(caseQuery(next.id));
      void queryClient.prefetchQuery(entriesQuery(next.id));
    }, 300);
    return () => clearTimeout(timer);
  }, [open.id]);

  const toggleContext = () => {
    if (!hasRoomForContext || isTwo) return setContextOver(!isContextOver);
    chooseContextShown(!isContextWanted);
    setContextWanted(!isContextWanted);
  };
  const isBeside = hasRoomForContext && isContextWanted && !isTwo;
  // A list that is put away stays in the page: it knows what comes next.
  const isListAway = number !== undefined && !isListWanted;
  useCommand('view.list', number === undefined || isPhone ? undefined : () => {
    chooseListShown(!isListWanted);
    setListWanted(!isListWanted);
  });
  useCommand('case.beside', !hasRoomForTwo || isTwo || number === undefined || !view ? undefined : () => {
    const isWaiting = besideWanted === number;
    void navigate({ to: '/cases/$view/$number', params: { view, number: String(number) }, search: { beside: isWaiting ? undefined : number }, replace: true });
    if (!isWaiting) showToast(t('beside.pinned', { number }), { icon: 'columns-2' });
  });

  const pane = () => {
    // Before the first case there is nothing to choose; the list says what comes next.
    if (number === undefined && counts && Object.values(counts.shelves).every((count) => count === 0)) return null;
    if (number === undefined) return <EmptyState icon="inbox" title={t('desk.choose')}>{t('desk.chooseHint')}</EmptyState>;
    if (open.error) {
      const isGone = isProblem(open.error, 'not_found', 'not_allowed');
      return <EmptyState icon={isGone ? 'search-x' : 'cloud-off'} tone={isGone ? 'neutral' : 'clay'} title={t(isGone ? 'desk.notFound' : 'list.failed')} action={<Button onClick={() => (isGone ? toList() : location.reload())}>{t(isGone ? 'command.case.back' : 'page.reload')}</Button>}>{explain(open.error)}</EmptyState>;
    }
    if (!open.row || !view) return <PaneSkeleton />;
    if (isContextOver && (!hasRoomForContext || isTwo)) {
      return (
        <div className="flex h-full min-w-0 grow flex-col bg-surface">
          <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line px-1.5"><IconButton icon="chevron-left" size={40} label={t('desk.backToCase')} onClick={() => setContextOver(false)} /><span dir="auto" className="truncate font-semibold">{open.row.customer.name}</span></header>
          <div className="min-h-0 grow md:[&>aside]:w-full md:[&>aside]:border-s-0"><ContextPane row={open.row} detail={open.detail} /></div>
        </div>
      );
    }
    return <CasePane row={open.row} view={view} onBack={isPhone ? toList : undefined} onContext={toggleContext} isContextShown={isBeside} />;
  };

  const listOf = (id: ViewId, onBack: (() => void) | undefined, beside?: ReactNode) =>
    isOwnView(id) ? <Suspense fallback={<PaneSkeleton />}><OwnViewList view={id} openId={open.id} isAlone={number === undefined} onBack={onBack} beside={beside} /></Suspense> : <><CaseList key={id} view={id} openId={open.id} onBack={onBack} />{beside}</>;
  const dialog = isCreating && <Suspense fallback={null}><NewCaseDialog onClose={() => setCreating(false)} /></Suspense>;
  if (isPhone) {
    const heading = (view || number !== undefined) && <h1 className="sr-only">{t('place.cases')}</h1>;
    // With large text a wide window is a phone, too: the one pane takes all of it.
    return <div className="flex h-full min-w-0 grow [&>:is(section,nav)]:w-full! [&_[data-list-edge]]:hidden">{heading}{number !== undefined ? pane() : view ? listOf(view, () => void navigate({ to: '/cases' })) : <ViewsColumn current={undefined} />}{dialog}</div>;
  }
  const besideList = (
    <div className="flex min-w-0 grow items-stretch">
      {number === undefined ? <div className="grid grow place-items-center bg-canvas">{pane()}</div> : isTwo && view ? <Suspense fallback={<PaneSkeleton />}><Beside number={number} beside={beside} view={view}>{pane()}</Beside></Suspense> : pane()}
      {isBeside && open.row && <ContextPane row={open.row} detail={open.detail} />}
    </div>
  );
  return (
    <div className={classes('flex h-full min-w-0 grow', isListAway && '[&>section]:hidden')}>
      {view && !hasRoomForViews && <h1 className="sr-only">{t('place.cases')}</h1>}
      {hasRoomForViews && <ViewsColumn current={view} />}
      {view ? listOf(view, hasRoomForAllViews ? undefined : () => void navigate({ to: '/cases' }), besideList) : <>{!hasRoomForAllViews && <ViewsColumn current={undefined} />}{besideList}</>}
      {dialog}
    </div>
  );
}
