import type { CaseRow, Entry } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Suspense, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { lazyPart } from '../../data/lazy-part.ts';
import { entriesQuery, loadEarlier } from '../../data/cases.ts';
import { explain } from '../../data/explain.ts';
import { useWritten, type WrittenItem } from '../../data/outbox.ts';
import { plannedQuery } from '../../data/planned.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatDay } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AreTwo } from '../pane.ts';
import { BriefCard } from '../properties/brief-card.tsx';
import { blocksOf, firstUnread } from './blocks.ts';
import { ChangeLine } from './change-line.tsx';
import { MessageCard } from './message-card.tsx';
import { NoteCard } from './note-card.tsx';
import { PendingCard } from './pending-card.tsx';
import { useTimelineScroll } from './use-timeline-scroll.ts';

const PlannedCard = lazyPart(async () => (await import('./planned-card.tsx')).PlannedCard);
const FoundPlace = lazyPart(async () => (await import('../../search/found-place.tsx')).default);

function EntryView({ entry }: { entry: Entry }) {
  if (entry.kind === 'message') return <MessageCard entry={entry} />;
  if (entry.kind === 'brief') return <BriefCard entry={entry} />;
  return entry.kind === 'note' ? <NoteCard entry={entry} /> : <ChangeLine entry={entry} />;
}

function TimelineSkeleton() {
  return (
    <div className="mx-auto flex min-h-0 w-full max-w-[56rem] grow flex-col gap-4 overflow-hidden px-4 py-5 md:px-6" aria-busy="true">
      {[64, 28, 48].map((width, index) => (
        <div key={width} className={`flex gap-3 ${index === 1 ? 'ms-12' : ''}`}>
          <Skeleton className="size-8 !rounded-full" />
          <div className="flex grow flex-col gap-2 rounded-lg border border-line bg-surface p-4"><Skeleton className="h-3 w-40" /><Skeleton className="mt-2 h-3 w-full" /><Skeleton className="h-3 w-11/12" /><Skeleton className={index === 1 ? 'h-3 w-1/3' : 'h-3 w-2/3'} /></div>
        </div>
      ))}
    </div>
  );
}

/** The item is in the timeline already, although its answer has not come: the live socket was faster. */
const isThere = (item: WrittenItem, items: readonly Entry[]) =>
  item.state === 'sending' && items.some((entry) => entry.kind !== 'change' && entry.kind !== 'brief' && entry.author.id === item.agentId && Date.parse(entry.createdAt) > item.createdAt - 60_000 && entry.text.trim() === (item.deed.body.text ?? '').trim());

interface Props {
  row: CaseRow;
  /** Up to where this agent had read when the case was opened; not known yet while undefined. */
  lastReadId: string | null | undefined;
}

/** Everything that happened on a case, oldest first. */
export function Timeline({ row, lastReadId }: Props) {
  const query = useQuery(entriesQuery(row.id));
  if (query.isError && !query.data) return <EmptyState icon="cloud-off" tone="clay" title={t('timeline.failed')} action={<Button icon="rotate-ccw" onClick={() => void query.refetch()}>{t('page.reload')}</Button>}>{explain(query.error)}</EmptyState>;
  if (!query.data || lastReadId === undefined) return <TimelineSkeleton />;
  return <LoadedTimeline row={row} items={query.data.items} hasEarlier={query.data.hasEarlier} lastReadId={lastReadId} />;
}

function LoadedTimeline({ row, items, hasEarlier, lastReadId }: { row: CaseRow; items: Entry[]; hasEarlier: boolean; lastReadId: string | null }) {
  const { agent } = useSession();
  const areTwo = useContext(AreTwo);
  const pending = useWritten(row.id).filter((item) => !isThere(item, items));
  const planned = useQuery(plannedQuery(row.id)).data ?? [];
  // The mark stays where it was when the case was opened, although the case counts as read a moment later.
  const [unreadId] = useState(() => firstUnread(items, lastReadId, agent.id));
  const blocks = useMemo(() => blocksOf(items, unreadId), [items, unreadId]);
  const { scroller, content, mark, toEnd, rememberTop, hasNews } = useTimelineScroll(items[0]?.id, items.at(-1)?.id);
  // Where a search leads; the timeline opens there instead of at what is new.
  const foundId = useSearch({ strict: false, select: ({ entry }: { entry?: string }) => entry });
  const find = useSearch({ strict: false, select: (search: { find?: string }) => search.find ?? '' });
  const [isLoading, setLoading] = useState(false);
  const top = useRef<HTMLDivElement>(null);

  const earlier = async () => {
    setLoading(true);
    rememberTop();
    try {
      await loadEarlier(row.id);
    } catch {
      // The button stays; the next scroll or click tries again.
    } finally {
      setLoading(false);
    }
  };
  useEffect(() => {
    if (!top.current || !hasEarlier) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void earlier(), { root: scroller.current, rootMargin: '400px 0px 0px' });
    observer.observe(top.current);
    return () => observer.disconnect();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- anew for each page
  }, [hasEarlier, items[0]?.id]);

  const newest = items.at(-1);
  const [lastAtOpening] = useState(newest?.id);
  const news = newest && newest.id !== lastAtOpening && newest.kind === 'message' && newest.direction === 'in' ? t('timeline.newsFrom', { name: newest.author.name }) : '';
  const newestPending = pending.at(-1)?.id ?? planned.at(-1)?.id;
  useEffect(() => {
    if (newestPending) toEnd();
  }, [newestPending, toEnd]);

  return (
    <div className="relative min-h-0 grow basis-0">
      <div ref={scroller} tabIndex={0} role="region" aria-label={areTwo ? `${t('timeline.label')} #${row.number}` : t('timeline.label')} className="h-full overflow-x-hidden overflow-y-auto overscroll-contain focus-visible:-outline-offset-2">
        <div ref={content} className="mx-auto flex min-h-full max-w-[56rem] flex-col justify-end px-4 py-5 md:px-6">
          {hasEarlier && <div ref={top} className="flex justify-center pb-3"><Button size="sm" tone="quiet" isBusy={isLoading} onClick={() => void earlier()}>{t('timeline.earlier')}</Button></div>}
          <ol className="flex flex-col gap-3.5">
            {blocks.map((block) =>
              block.kind === 'day' ? (
                <li key={`day ${block.at}`} className="flex items-center gap-3 pt-1 text-xs font-medium text-ink-3"><span className="h-px grow bg-line" />{formatDay(block.at)}<span className="h-px grow bg-line" /></li>
              ) : block.kind === 'unread' ? (
                <li key="unread" ref={foundId ? undefined : mark} className="flex items-center gap-3 text-xs font-semibold text-accent"><span className="h-px grow bg-accent-line" />{t('timeline.new')}<span className="h-px grow bg-accent-line" /></li>
              ) : (
                <li key={block.entry.id} ref={block.entry.id === foundId ? mark : undefined} data-entry={block.entry.id}><EntryView entry={block.entry} /></li>
              ),
            )}
            {planned.map((one) => <li key={one.id}><Suspense fallback={null}><PlannedCard planned={one} /></Suspense></li>)}
            {pending.map((item) => <li key={item.id}><PendingCard item={item} /></li>)}
          </ol>
        </div>
      </div>
      {foundId && <Suspense fallback={null}><FoundPlace caseId={row.id} items={items} hasEarlier={hasEarlier} entryId={foundId} find={find} /></Suspense>}
      <p role="status" className="sr-only">{news}</p>
      {hasNews && (
        <button type="button" onClick={toEnd} className="absolute inset-x-0 bottom-3 mx-auto flex h-8 w-fit items-center gap-2 rounded-full bg-accent px-4 text-sm font-medium text-on-accent shadow-float"><Icon name="arrow-down" size={14} />{t('timeline.news')}</button>
      )}
    </div>
  );
}
