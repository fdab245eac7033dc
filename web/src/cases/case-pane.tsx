import { channelTraits, type CaseRow } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useContext, useEffect, useRef, useState } from 'react';
import { lazyPart } from '../data/lazy-part.ts';
import { ActivePart } from '../commands/active-part.ts';
import { useCommand } from '../commands/registry.ts';
import { onCaseMoved } from '../data/apply-event.ts';
import { caseQuery, entriesQuery } from '../data/cases.ts';
import { openDrafts } from '../data/drafts.ts';
import { tellServer } from '../data/live.ts';
import { markRead, useWritten } from '../data/outbox.ts';
import { setMyPresence } from '../data/presence.ts';
import type { ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CaseHeader } from './case-header.tsx';
import { Composer } from './composer/composer.tsx';
import { CustomerThere } from './customer-there.tsx';
import { useCaseDeeds } from './deeds.ts';
import type { StoppedReply } from './newer-message-dialog.tsx';
import { AsideBar } from './moving/lazily.tsx';
import { useFollowMerged } from './moving/follow-merged.ts';
import { applyMoved } from './moving/moved.ts';
import { PresenceLine } from './presence-line.tsx';
import { PinnedBrief } from './properties/brief-card.tsx';
import { Timeline } from './timeline/timeline.tsx';

const NewerMessageDialog = lazyPart(async () => (await import('./newer-message-dialog.tsx')).NewerMessageDialog);
const CollisionDialog = lazyPart(async () => (await import('./properties/collision-dialog.tsx')).CollisionDialog);
const READ_MS = 800;

/** Says that the agent has read the newest entry, once it has been in sight for a moment. */
function useMarkRead(row: CaseRow, lastReadId: string | null | undefined, newestId: string | undefined): void {
  const caseId = row.id;
  useEffect(() => {
    if (!newestId || lastReadId === undefined || lastReadId === newestId) return undefined;
    const mark = () => {
      if (document.visibilityState !== 'visible') return;
      markRead(caseId, newestId);
    };
    const timer = setTimeout(mark, READ_MS);
    document.addEventListener('visibilitychange', mark);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', mark);
    };
  }, [caseId, lastReadId, newestId]);
}

interface Props {
  row: CaseRow;
  view: ViewId;
  onBack?: (() => void) | undefined;
  onContext: () => void;
  isContextShown: boolean;
}

/** One case: what happened, and the place to answer. */
export function CasePane({ row, view, onBack, onContext, isContextShown }: Props) {
  const detail = useQuery(caseQuery(row.id)).data;
  const entries = useQuery(entriesQuery(row.id)).data;
  const pane = useRef<HTMLElement>(null);
  const deeds = useCaseDeeds(row, view);
  const stopped = useWritten(row.id).find((item): item is StoppedReply => (item.deed.kind === 'reply' || item.deed.kind === 'note') && item.state === 'stopped' && item.problem?.code === 'newer_message');
  const newestId = entries?.items.at(-1)?.id;
  // Held still: reading on must not move the mark that shows what was new at the opening.
  const [opened, setOpened] = useState<{ caseId: string; lastReadId: string | null }>();
  if (detail && opened?.caseId !== row.id) setOpened({ caseId: row.id, lastReadId: detail.lastReadEntryId });
  const lastReadId = opened?.caseId === row.id ? opened.lastReadId : undefined;

  useFollowMerged(detail, view);
  useEffect(() => onCaseMoved(applyMoved), []);
  useMarkRead(row, detail?.lastReadEntryId, newestId);
  useEffect(() => openDrafts(row.id), [row.id]);
  const isActive = useContext(ActivePart);
  useEffect(() => {
    if (!isActive) return undefined;
    setMyPresence({ caseId: row.id, state: 'viewing', isAnswer: false }, tellServer);
    return () => setMyPresence({ caseId: null, state: 'viewing', isAnswer: false }, tellServer);
  }, [row.id, isActive]);
  useCommand('list.open', () => pane.current?.querySelector<HTMLElement>('[role="region"]')?.focus());

  const leave = () => {
    (document.activeElement as HTMLElement | null)?.blur();
    (document.querySelector<HTMLElement>('[data-case-list]') ?? pane.current)?.focus();
  };

  return (
    <section ref={pane} tabIndex={-1} aria-label={t('case.label', { number: row.number })} className="flex h-full min-w-0 grow flex-col bg-canvas outline-none">
      <CaseHeader row={row} promises={detail?.promises ?? []} deeds={deeds} view={view} onBack={onBack} onContext={onContext} isContextShown={isContextShown} />
      <PresenceLine caseId={row.id} />
      {detail?.brief && <PinnedBrief key={detail.brief.id} entry={detail.brief} />}
      <Timeline key={`timeline ${row.id}`} row={row} lastReadId={lastReadId} />
      {detail?.aside ? (
        <AsideBar aside={detail.aside} />
      ) : row.status === 'closed' ? (
        <Banner icon="archive" isLive={false} className="justify-center border-t border-line">{t('case.closedHint')}</Banner>
      ) : detail ? (
        <>
          {channelTraits[detail.channel].isLive && <CustomerThere caseId={row.id} name={detail.customer.name} />}
          <Composer key={`composer ${row.id}`} detail={detail} lastEntryId={newestId} zone={pane} onLeave={leave} />
        </>
      ) : (
        <div className="mx-auto w-full max-w-[56rem] md:px-4 md:pb-4" aria-busy="true"><div className="flex h-[146px] flex-col gap-3 border border-line bg-surface p-4 md:rounded-lg"><Skeleton className="h-4 w-40" /><Skeleton className="h-3 w-2/3" /></div></div>
      )}
      <Suspense fallback={null}><CollisionDialog key={`collision ${row.id}`} caseId={row.id} /></Suspense>
      {stopped && <Suspense fallback={null}><NewerMessageDialog item={stopped} /></Suspense>}
    </section>
  );
}

export { prepareWriting } from './composer/writing-field.tsx';
