import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, Suspense, type ReactNode } from 'react';
import { lazyPart, prefetchPart } from '../data/lazy-part.ts';
import { CommandButton } from '../commands/command-button.tsx';
import { mentionsQuery } from '../data/case-properties.ts';
import { countsQuery } from '../data/cases.ts';
import { teamsQuery } from '../data/people.ts';
import { useCan, useSession } from '../data/session.ts';
import type { ShelfView, ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { formatNumber } from '../i18n/format.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { viewIcon, viewWord } from './words.ts';

const loadOwnViews = () => import('../views/own-views.tsx');
prefetchPart(loadOwnViews);
const OwnViews = lazyPart(async () => (await loadOwnViews()).OwnViews);

function ViewLink({ view, label, count, isCurrent }: { view: ShelfView; label: string; count: number | undefined; isCurrent: boolean }) {
  return (
    <li>
      <Link
        to="/cases/$view" params={{ view }} aria-current={isCurrent ? 'page' : undefined}
        className={classes('group flex h-8 items-center gap-2.5 rounded-md px-2 text-base transition-colors duration-120 max-md:h-11', isCurrent ? 'bg-surface font-semibold text-ink shadow-lift' : 'text-ink-2 hover:bg-hover hover:text-ink')}
      >
        <Icon name={viewIcon(view)} className={isCurrent ? 'text-accent' : 'text-ink-3'} />
        <span className="min-w-0 grow truncate">{label}</span>
        <span className={classes('text-sm tabular-nums', isCurrent ? 'text-ink-2' : 'text-ink-3')}>{count ? formatNumber(count) : ''}</span>
      </Link>
    </li>
  );
}

/** Where colleagues asked this agent to look, with how many are unread. */
function MentionsLink() {
  const unread = useInfiniteQuery(mentionsQuery).data?.pages[0]?.unread ?? 0;
  return (
    <li>
      <Link to="/mentions" className="flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-ink-2 transition-colors duration-120 hover:bg-hover hover:text-ink max-md:h-11">
        <Icon name="at-sign" className="text-ink-3" />
        <span className="min-w-0 grow truncate">{t('place.mentions')}</span>
        {unread > 0 && <span className="rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent tabular-nums"><span className="sr-only">{t('mentions.unread')}: </span>{unread >= 100 ? '99+' : unread}</span>}
      </Link>
    </li>
  );
}

function Group({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="mb-4">
      {title && <h2 className="px-2 pb-1 text-xs font-semibold text-ink-3">{title}</h2>}
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  );
}

/** All lists of cases with how many lie in each. */
export const ViewsColumn = memo(function ViewsColumn({ current }: { current: ViewId | undefined }) {
  const counts = useQuery(countsQuery).data;
  const teamsAnswer = useQuery(teamsQuery);
  const teams = teamsAnswer.data ?? [];
  const session = useSession();
  const canWrite = useCan('case.reply');
  const mine = teams.filter((team) => session.agent.teamIds.includes(team.id));
  const shownTeams = session.caseScope === 'all' ? [...mine, ...teams.filter((team) => !mine.includes(team))] : mine;
  const link = (view: ShelfView, count: number | undefined) => <ViewLink key={view} view={view} label={viewWord(view, teams)} count={count} isCurrent={current === view} />;
  return (
    <nav aria-label={t('view.all')} className="flex h-full w-full shrink-0 flex-col bg-canvas md:w-52 md:border-e md:border-line">
      <header className="flex h-13 shrink-0 items-center justify-between ps-4 pe-2">
        <h1 className="text-md font-semibold">{t('place.cases')}</h1>
        {canWrite && <CommandButton command="case.create" />}
      </header>
      <div className="min-h-0 grow overflow-y-auto px-2 pt-1">
        <Group>
          {link('mine', counts?.mine)}
          {link('unassigned', counts?.unassigned)}
          <MentionsLink />
        </Group>
        <Suspense fallback={null}><OwnViews current={current} /></Suspense>
        {shownTeams.length > 0 && <Group title={t('view.teams')}>{shownTeams.map((team) => link(`team-${team.id}`, counts?.teams.find((one) => one.teamId === team.id)?.open))}</Group>}
        {/* Not before it is known how many teams stand above: nothing here should move under the pointer. */}
        {!teamsAnswer.isPending && <Group title={t('view.everything')}>
          {(['open', 'snoozed', 'pending', 'on_hold', 'resolved', 'closed'] as const).map((shelf) => link(shelf, counts?.shelves[shelf]))}
        </Group>}
        {/* Only what this agent may bring back; not among the lists one works through. */}
        {counts && (counts.aside.spam !== null || counts.aside.deleted !== null) && <Group title={t('view.aside')}>
          {(['spam', 'deleted'] as const).map((shelf) => counts.aside[shelf] !== null && link(shelf, counts.aside[shelf]))}
        </Group>}
      </div>
    </nav>
  );
});
