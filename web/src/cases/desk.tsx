import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useCommand } from '../commands/registry.ts';
import { findRow } from '../data/case-cache.ts';
import { caseByNumberQuery, caseQuery, countsQuery, entriesQuery } from '../data/cases.ts';
import { isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { teamsQuery } from '../data/people.ts';
import { chooseContextShown, isContextShown } from '../data/preferences.ts';
import { queryClient } from '../data/query-client.ts';
import { useCan } from '../data/session.ts';
import { isOwnView, isView, type ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useHasRoomForContext, useHasRoomForViews, useIsPhone } from '../ui/use-media.ts';
import { CaseList } from './case-list.tsx';
import { CasePane, ContextPane, PaneSkeleton } from './open-case.tsx';
import { neighbour } from './open-list.ts';
import { useTabTitle } from './use-tab-title.ts';
import { ViewsColumn } from './views-column.tsx';
import { subjectOf, viewWord } from './words.ts';

const OwnViewList = lazy(async () => ({ default: (await import('../views/own-view-list.tsx')).OwnViewList }));
const NewCaseDialog = lazy(async () => ({ default: (await import('./new-case-dialog.tsx')).NewCaseDialog }));

/** The case that the address names: from what is loaded already, or asked for. */
function useOpenCase(number: number | undefined) {
  const known = number === undefined ? undefined : findRow((row) => row.number === number);
  const asked = useQuery({ ...caseByNumberQuery(number ?? 0), enabled: number !== undefined && known === undefined });
  const id = known?.id ?? (number === undefined ? undefined : asked.data);
  const detail = useQuery({ ...caseQuery(id ?? ''), enabled: id !== undefined });
  // An answer takes the case out of the list it was found in; the pane must know it all the same, also without a connection.
  const knownId = known?.id;
  useEffect(() => {
    if (number !== undefined && knownId) queryClient.setQueryData(caseByNumberQuery(number).queryKey, knownId);
  }, [number, knownId]);
  return { id, row: detail.data ?? known, detail: detail.data, error: asked.error ?? (detail.data ? null : detail.error) };
}

/** Views, list, case and customer side by side; on a phone one at a time. */
export function Desk() {
  const params: { view?: string; number?: string } = useParams({ strict: false });
  const isPhone = useIsPhone();
  const hasRoomForViews = useHasRoomForViews();
  const hasRoomForContext = useHasRoomForContext();
  const navigate = useNavigate();
  const view: ViewId | undefined = params.view && isView(params.view) ? params.view : undefined;
  const number = params.number && /^\d{1,15}$/.test(params.number) ? Number(params.number) : undefined;
  const open = useOpenCase(number);
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
    if (!hasRoomForContext) return setContextOver(!isContextOver);
    chooseContextShown(!isContextWanted);
    setContextWanted(!isContextWanted);
  };
  const isBeside = hasRoomForContext && isContextWanted;

  const pane = () => {
    if (number === undefined) return <EmptyState icon="inbox" title={t('desk.choose')}>{t('desk.chooseHint')}</EmptyState>;
    if (open.error) {
      const isGone = isProblem(open.error, 'not_found', 'not_allowed');
      return <EmptyState icon={isGone ? 'search-x' : 'cloud-off'} tone={isGone ? 'neutral' : 'clay'} title={t(isGone ? 'desk.notFound' : 'list.failed')} action={<Button onClick={() => (isGone ? toList() : location.reload())}>{t(isGone ? 'command.case.back' : 'page.reload')}</Button>}>{explain(open.error)}</EmptyState>;
    }
    if (!open.row || !view) return <PaneSkeleton />;
    if (isContextOver && !hasRoomForContext) {
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
    return <>{heading}{number !== undefined ? pane() : view ? listOf(view, () => void navigate({ to: '/cases' })) : <ViewsColumn current={undefined} />}{dialog}</>;
  }
  const beside = (
    <div className="flex min-w-0 grow items-stretch">
      {number === undefined ? <div className="grid grow place-items-center bg-canvas">{pane()}</div> : pane()}
      {isBeside && open.row && <ContextPane row={open.row} detail={open.detail} />}
    </div>
  );
  return (
    <div className="flex h-full min-w-0 grow">
      {hasRoomForViews && <ViewsColumn current={view} />}
      {view ? listOf(view, hasRoomForViews ? undefined : () => void navigate({ to: '/cases' }), beside) : <>{!hasRoomForViews && <ViewsColumn current={undefined} />}{beside}</>}
      {dialog}
    </div>
  );
}
