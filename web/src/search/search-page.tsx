import { shelves, type CaseRow } from '@rapport/contract';
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useTabTitle } from '../cases/use-tab-title.ts';
import { stateOf, statusLook, statusWord, subjectOf } from '../cases/words.ts';
import { useCommand } from '../commands/registry.ts';
import { t } from '../i18n/index.ts';
import { formatFull, formatShort } from '../i18n/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { SearchWords } from './search-words.ts';
import { Snippet } from './snippet.tsx';

const PAUSE_MS = 220;

const searchQuery = ({ q = '', shelf }: SearchWords) =>
  infiniteQueryOptions({
    queryKey: ['search', q, shelf] as const,
    // Aborted when the words change: the server stops looking for what nobody wants any more.
    queryFn: ({ pageParam, signal }) => client.cases.search({ query: { q, limit: 25, ...(shelf ? { shelf } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });

function Hit({ row, snippet }: { row: CaseRow; snippet: string }) {
  const state = stateOf(row);
  return (
    <li>
      <Link to="/cases/$view/$number" params={{ view: row.shelf, number: String(row.number) }} data-hit="" className="flex gap-3 rounded-lg border border-transparent px-3 py-3 hover:bg-hover focus-visible:bg-hover md:px-4">
        <Avatar name={row.customer.name} size={36} className="mt-0.5" />
        <span className="min-w-0 grow">
          <span className="flex items-baseline gap-2">
            <span dir="auto" className="align-frame min-w-0 truncate font-semibold">{subjectOf(row)}</span>
            <bdi className="shrink-0 text-sm text-ink-3">#{row.number}</bdi>
            <span className="grow" />
            <time dateTime={row.lastActivityAt} title={formatFull(row.lastActivityAt)} className="shrink-0 text-xs text-ink-3">{formatShort(row.lastActivityAt)}</time>
          </span>
          <span dir="auto" className="align-frame mt-0.5 line-clamp-2 text-sm text-ink-2"><Snippet text={snippet} /></span>
          <span className="mt-1.5 flex flex-wrap items-center gap-1.5 text-xs text-ink-3">
            <Badge tone={statusLook(state).tone} icon={statusLook(state).icon}>{statusWord(state)}</Badge>
            <bdi>{row.customer.name}</bdi>
            {row.assignee && <>· <bdi>{row.assignee.name}</bdi></>}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Everything the agent may see, the best matches first. */
export function SearchPage() {
  const words: SearchWords = useSearch({ from: '/workspace/search' });
  const navigate = useNavigate();
  const [text, setText] = useState(words.q ?? '');
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery(searchQuery(words));
  const hits = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isAsked = (words.q ?? '').trim() !== '';
  useTabTitle(words.q ? t('search.titleFor', { words: words.q }) : t('place.search'), undefined);
  useCommand('app.search', () => field.current?.select());

  const go = (next: SearchWords, replace = true) => void navigate({ to: '/search', search: next, replace });
  useEffect(() => {
    if (text === (words.q ?? '')) return undefined;
    const timer = setTimeout(() => go({ ...(text.trim() ? { q: text } : {}), ...(words.shelf ? { shelf: words.shelf } : {}) }), PAUSE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what is typed starts a search
  }, [text]);
  useEffect(() => {
    // Words that came from elsewhere, such as the palette.
    if (words.q !== undefined && document.activeElement !== field.current) setText(words.q);
  }, [words.q]);

  const step = (by: 1 | -1) => {
    const links = [...(results.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (at < 0) links[by === 1 ? 0 : links.length - 1]?.focus();
    else if (at + by < 0) field.current?.focus();
    else links[at + by]?.focus();
  };
  useCommand('list.next', () => step(1));
  useCommand('list.previous', () => step(-1));
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    step(event.key === 'ArrowDown' ? 1 : -1);
  };

  return (
    <div className="flex min-w-0 grow flex-col overflow-y-auto bg-canvas" onKeyDown={onKey}>
      <div className="mx-auto flex w-full max-w-[52rem] grow flex-col px-3 pt-4 pb-16 md:px-6 md:pt-8">
        <h1 className="sr-only">{t('place.search')}</h1>
        <search className="sticky top-0 z-1 -mx-3 bg-canvas px-3 pt-1 pb-3 md:-mx-6 md:px-6">
          <div className="flex h-12 items-center gap-3 rounded-lg border border-line-strong/60 bg-surface px-4 shadow-lift focus-within:border-focus focus-within:outline-1 focus-within:outline-focus">
            <Icon name="search" size={18} className="text-ink-3" />
            <input ref={field} autoFocus value={text} onChange={(event) => setText(event.target.value)} type="search" enterKeyHint="search" placeholder={t('search.placeholder')} aria-label={t('place.search')} spellCheck={false} className="min-w-0 grow bg-transparent text-md outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden" />
            {text && <button type="button" aria-label={t('search.clear')} onClick={() => { setText(''); field.current?.focus(); }} className="grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"><Icon name="x" /></button>}
          </div>
          <div role="group" aria-label={t('search.where')} className="mt-2.5 flex flex-wrap gap-1">
            {([undefined, ...shelves] as const).map((shelf) => (
              <button key={shelf ?? 'all'} type="button" aria-pressed={words.shelf === shelf} onClick={() => go({ ...(words.q ? { q: words.q } : {}), ...(shelf ? { shelf } : {}) })} className={classes('h-7 rounded-full px-3 text-sm transition-colors duration-120', words.shelf === shelf ? 'bg-accent text-on-accent' : 'text-ink-2 hover:bg-hover hover:text-ink')}>
                {t(shelf ? `shelf.${shelf}` : 'search.everywhere')}
              </button>
            ))}
          </div>
        </search>
        <p role="status" className="sr-only">{isAsked && query.isSuccess && !query.isPlaceholderData ? t('search.found', { count: hits.length }) : ''}</p>
        <div ref={results} aria-busy={query.isFetching} className={classes('transition-opacity duration-140', query.isPlaceholderData && 'opacity-60')}>
          {!isAsked && <EmptyState icon="search" title={t('search.begin')}>{t('search.beginHint')}</EmptyState>}
          {isAsked && query.isPending && Array.from({ length: 6 }, (_, index) => <div key={index} className="flex gap-3 px-4 py-3"><Skeleton className="size-9 !rounded-full" /><div className="flex grow flex-col gap-2 pt-1"><Skeleton className="h-3 w-1/2" /><Skeleton className="h-3 w-5/6" /></div></div>)}
          {query.isError && <EmptyState icon="cloud-off" tone="clay" title={t('search.failed')} action={<Button icon="rotate-ccw" onClick={() => void query.refetch()}>{t('page.reload')}</Button>}>{explain(query.error)}</EmptyState>}
          {isAsked && query.isSuccess && hits.length === 0 && <EmptyState icon="search-x" title={t('search.nothing', { words: words.q ?? '' })} action={words.shelf && <Button onClick={() => go(words.q ? { q: words.q } : {})}>{t('search.everywhere')}</Button>}>{t('search.nothingHint')}</EmptyState>}
          {isAsked && hits.length > 0 && <ol className="flex flex-col">{hits.map((hit) => <Hit key={`${hit.case.id} ${hit.entryId ?? ''}`} row={hit.case} snippet={hit.snippet} />)}</ol>}
          {query.hasNextPage && <div className="flex justify-center pt-4"><Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('search.more')}</Button></div>}
        </div>
      </div>
    </div>
  );
}
