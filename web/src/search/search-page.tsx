import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { lazyPart } from '../data/lazy-part.ts';
import { clearSelection, selectWhole, toggleSelected, useSelection } from '../cases/bulk/selection.ts';
import { useTabTitle } from '../cases/use-tab-title.ts';
import { useCommand } from '../commands/registry.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Rich } from '../i18n/rich.tsx';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Begin } from './begin.tsx';
import { read, timeZone, toggled } from './filter-words.ts';
import { Hit } from './hit.tsx';
import { SaveButton } from './saved.tsx';
import { SearchField, type FieldHandle } from './search-field.tsx';
import type { SearchWords } from './search-words.ts';
import { Understood } from './understood.tsx';

const BulkBar = lazyPart(async () => (await import('../cases/bulk/bulk-bar.tsx')).BulkBar);
const BulkProgress = lazyPart(async () => (await import('../cases/bulk/bulk-progress.tsx')).BulkProgress);

const PAUSE_MS = 220;

const searchQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['search', q] as const,
    // Aborted when the words change: the server stops looking for what nobody wants any more.
    queryFn: ({ pageParam, signal }) => client.cases.search({ query: { q, timeZone, limit: 25, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });

/** Everything the agent may see, the best matches first. */
export function SearchPage() {
  const { q = '' }: SearchWords = useSearch({ from: '/workspace/search' });
  const navigate = useNavigate();
  const [text, setText] = useState(q);
  const field = useRef<FieldHandle>(null);
  const page = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery(searchQuery(q));
  const pages = query.data?.pages ?? [];
  const hits = pages.flatMap((each) => each.items);
  const first = pages[0];
  const isAsked = q.trim() !== '';
  const isThere = isAsked && query.isSuccess && !query.isPlaceholderData;
  const guess = isThere && q === text.trim() ? first?.didYouMean : undefined;
  useTabTitle(q ? t('search.titleFor', { words: q }) : t('place.search'), undefined);
  useCommand('app.search', () => field.current?.select());

  const go = (next: string) => void navigate({ to: '/search', search: next.trim() ? { q: next.trim() } : {}, replace: true });
  const write = (next: string) => {
    setText(next);
    field.current?.focus();
  };
  useEffect(() => {
    if (text.trim() === q) return undefined;
    const timer = setTimeout(() => go(text), PAUSE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what is typed starts a search
  }, [text]);
  const asked = useRef(q);
  useEffect(() => {
    // Words that came from elsewhere, such as the palette or a saved search; not what was typed here a moment ago.
    if (q !== asked.current && q !== text.trim() && !(document.activeElement instanceof HTMLInputElement)) setText(q);
    asked.current = q;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only the address counts
  }, [q]);

  const step = (by: 1 | -1) => {
    const links = [...(page.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (at < 0) links[by === 1 ? 0 : links.length - 1]?.focus();
    else if (at + by < 0) field.current?.focus();
    else links[at + by]?.focus();
  };
  useCommand('list.next', () => step(1));
  useCommand('list.previous', () => step(-1));
  const selection = useSelection();
  const canEdit = useCan('case.edit');
  const loaded = isThere ? hits.map((hit) => hit.case.id) : [];
  const isMarked = (id: string) => selection.isWhole || selection.ids.has(id);
  // What was chosen belongs to what was found.
  useEffect(() => clearSelection, [q]);
  useCommand('list.select', canEdit && loaded.length > 0 ? () => {
    const id = document.activeElement?.closest<HTMLElement>('[data-case]')?.dataset['case'];
    if (id) toggleSelected(id);
  } : undefined);
  useCommand('list.selectAll', canEdit && loaded.length > 0 ? () => selectWhole(loaded) : undefined);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && selection.ids.size > 0 && !event.defaultPrevented) return clearSelection();
    if (event.nativeEvent.isComposing || event.defaultPrevented || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    step(event.key === 'ArrowDown' ? 1 : -1);
  };
  const enter = () => {
    const words = text.trim();
    const number = /^#?(\d{1,15})$/.exec(words)?.[1];
    if (number !== undefined && isThere && words === q && hits[0]?.case.number === Number(number)) void navigate({ to: '/cases/$view/$number', params: { view: hits[0].case.shelf, number } });
    else if (guess) write(guess);
    else if (words !== q) go(words);
    else step(1);
  };
  const hasFilters = read(q).parts.some((part) => part.filter !== undefined);
  const withoutFilters = () => read(q).parts.filter((part) => part.filter === undefined).map((part) => q.slice(part.start, part.end)).join(' ');
  const isTooLong = isProblem(query.error, 'search_too_long');

  return (
    <div ref={page} className="flex min-w-0 grow flex-col overflow-y-auto bg-canvas" onKeyDown={onKey}>
      <div className="mx-auto flex w-full max-w-[52rem] grow flex-col px-3 pt-4 pb-16 md:px-6 md:pt-8">
        <h1 className="sr-only">{t('place.search')}</h1>
        <search className="sticky top-0 z-10 -mx-3 bg-canvas px-3 pt-1 pb-3 md:-mx-6 md:px-6">
          <SearchField handle={field} text={text} onText={setText} onEnter={enter} onDown={() => step(1)} />
          <Understood text={text} hints={isThere ? (first?.hints ?? []) : []} onText={write} />
          {canEdit && (
            <Suspense fallback={null}>
              {selection.ids.size > 0 && isThere && first && <div className="mt-2 overflow-hidden rounded-lg"><BulkBar whole={{ by: 'search', q, timeZone }} total={first.total} isMore={first.isPartial} loaded={loaded} /></div>}
              <BulkProgress />
            </Suspense>
          )}
        </search>
        <p role="status" className="sr-only">{isThere && first ? t('search.found', { count: first.total }) : ''}</p>
        {!isAsked && <Begin onText={write} />}
        {isAsked && (
          <div aria-busy={query.isFetching} className={classes('transition-opacity duration-140', query.isPlaceholderData && 'opacity-60')}>
            <div className="flex min-h-7 items-center gap-2 px-3 md:px-4">
              <span aria-hidden="true" className="grow text-sm text-ink-3">{isThere && first && hits.length > 0 ? t('search.found', { count: first.total }) : ''}</span>
              {!guess && <SaveButton q={q} />}
            </div>
            {query.isPending && Array.from({ length: 6 }, (_, index) => <div key={index} className="flex gap-3 px-4 py-3"><Skeleton className="size-9 !rounded-full" /><div className="flex grow flex-col gap-2 pt-1"><Skeleton className="h-3 w-1/2" /><Skeleton className="h-3 w-5/6" /></div></div>)}
            {query.isError && isTooLong && (
              <EmptyState
                icon="clock" tone="clay" title={t('search.tooLong')}
                action={(['30d', '1y'] as const).map((span) => <Button key={span} onClick={() => write(toggled(text, 'after', span))}>{t('search.newerThan', { when: t(span === '30d' ? 'search.date.month' : 'search.date.year') })}</Button>)}
              >
                {t('search.tooLongHint')}
              </EmptyState>
            )}
            {query.isError && !isTooLong && <EmptyState icon="cloud-off" tone="clay" title={t('search.failed')} action={<Button icon="rotate-ccw" onClick={() => void query.refetch()}>{t('page.reload')}</Button>}>{explain(query.error)}</EmptyState>}
            {guess && (
              <p className="mx-3 mt-3 flex flex-wrap items-baseline gap-x-3 rounded-lg bg-accent-soft px-4 py-3 md:mx-4">
                <span><Rich id="search.didYouMean" values={{ words: guess }} parts={{ word: (words) => <button type="button" onClick={() => write(guess)} className="rounded-sm font-semibold text-accent underline underline-offset-2">{words}</button> }} /></span>
                <span className="text-sm text-ink-3">{t('search.didYouMeanKey')}</span>
              </p>
            )}
            {query.isSuccess && hits.length === 0 && <EmptyState icon="search-x" title={t('search.nothing', { words: q })} action={hasFilters && withoutFilters() ? <Button onClick={() => write(withoutFilters())}>{t('search.everywhere')}</Button> : <Button icon="x" onClick={() => write('')}>{t('search.clear')}</Button>}>{t('search.nothingHint')}</EmptyState>}
            {hits.length > 0 && <ol className="flex flex-col">{hits.map((hit) => <Hit key={hit.case.id} hit={hit} words={q} isChosen={canEdit ? isMarked(hit.case.id) : undefined} isChoosing={selection.ids.size > 0} />)}</ol>}
            {isThere && first?.isPartial && <p className="mt-3 flex items-start gap-2 px-3 text-sm text-ink-2 md:px-4"><Icon name="history" size={14} className="mt-1 shrink-0" />{t('search.partial')}</p>}
            {query.hasNextPage && <div className="flex justify-center pt-4"><Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('search.more')}</Button></div>}
          </div>
        )}
      </div>
    </div>
  );
}
