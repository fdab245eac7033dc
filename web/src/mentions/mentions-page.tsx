import type { Mention } from '@rapport/contract';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mentionsQuery } from '../data/case-properties.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { formatFull, formatShort } from '../i18n/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { CardList, Page } from '../ui/page.tsx';
import { showTrouble } from '../ui/toast.ts';

function MentionLine({ mention, onOpen }: { mention: Mention; onOpen: () => void }) {
  return (
    <li>
      <Link to="/cases/$view/$number" params={{ view: 'open', number: String(mention.number) }} onClick={onOpen} className="flex gap-3 px-4 py-3 hover:bg-hover">
        <span className="relative mt-0.5 self-start"><Avatar name={mention.byName} size={32} />{mention.isUnread && <span className="absolute -start-0.5 -top-0.5 size-2.5 rounded-full bg-accent ring-2 ring-surface" aria-hidden="true" />}</span>
        <span className="min-w-0 grow">
          <span className="flex items-baseline gap-2">
            <span dir="auto" className={classes('min-w-0 grow truncate', mention.isUnread ? 'font-bold' : 'font-medium')}>{mention.isUnread && <span className="sr-only">{t('mentions.unread')}: </span>}{t('mentions.by', { name: mention.byName })}</span>
            <time dateTime={mention.at} title={formatFull(mention.at)} className="shrink-0 text-xs text-ink-3">{formatShort(mention.at)}</time>
          </span>
          <span dir="auto" className="line-clamp-2 text-base break-words text-ink-2">{mention.excerpt}</span>
          <span dir="auto" className="block truncate text-sm text-ink-3"><bdi>#{mention.number}</bdi> {mention.subject} · {mention.customerName}</span>
        </span>
      </Link>
    </li>
  );
}

/** Where colleagues asked this agent to look. */
export function MentionsPage() {
  const query = useInfiniteQuery(mentionsQuery);
  const read = useMutation({
    mutationFn: (body: { mentionIds?: string[] }) => client.following.readMentions({ body }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['mentions'] }),
  });
  const unread = query.data?.pages[0]?.unread ?? 0;
  return (
    <Page title={t('mentions.title')} actions={unread > 0 && <Button icon="check-check" isBusy={read.isPending} onClick={() => read.mutate({})}>{t('mentions.readAll')}</Button>}>
      <LoadState query={query} explain={explain}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <div className="rounded-lg border border-line bg-surface"><EmptyState icon="at-sign" title={t('mentions.empty')} action={<Link to="/cases/$view" params={{ view: 'mine' }} className={buttonLook()}>{t('page.home')}</Link>}>{t('mentions.emptyHint')}</EmptyState></div>;
          return (
            <>
              <CardList label={t('mentions.title')}>{items.map((mention) => <MentionLine key={mention.id} mention={mention} onOpen={() => mention.isUnread && read.mutate({ mentionIds: [mention.id] })} />)}</CardList>
              {query.hasNextPage && <div className="flex justify-center pt-3"><Button tone="quiet" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('search.more')}</Button></div>}
            </>
          );
        }}
      </LoadState>
    </Page>
  );
}
