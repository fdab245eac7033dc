import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { teamsQuery } from '../../data/people.ts';
import { calendarsQuery } from '../../data/service-levels.ts';
import { useCan } from '../../data/session.ts';
import { queuesQuery, skillsQuery } from '../../data/waiting.ts';
import { formatSeconds } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { EstimatesCard } from './estimates-card.tsx';

/** The waiting lines and their rules. */
export function QueuesPage() {
  const queues = useQuery(queuesQuery);
  const [teams, calendars, skills] = [useQuery(teamsQuery).data ?? [], useQuery(calendarsQuery).data ?? [], useQuery(skillsQuery).data ?? []];
  const nameOf = (list: readonly { id: string; name: string }[], id: string | null) => list.find((each) => each.id === id)?.name;
  const canReport = useCan('report.read');
  const create = <Link to={'/admin/queues/new' as string} className={buttonLook('primary')}><Icon name="plus" />{t('queues.create')}</Link>;
  return (
    <Page title={t('settings.queues')} description={t('queues.lead')} actions={create}>
      <LoadState query={queues} explain={explain}>
        {(items) => items.length === 0 ? (
          <div className="rounded-lg border border-line bg-surface"><EmptyState icon="layers" title={t('queues.empty')} action={create}>{t('queues.emptyLead')}</EmptyState></div>
        ) : (
          <CardList label={t('settings.queues')}>
            {items.map((queue) => (
              <li key={queue.id} className="flex flex-col gap-1 px-4 py-3">
                <Link to={'/admin/queues/$queueId' as string} params={{ queueId: queue.id } as never} className="font-medium break-words hover:underline" dir="auto">{queue.name}</Link>
                <p className="flex flex-wrap gap-1">
                  {!queue.isOpen && <Badge tone="honey" icon="lock">{t('wall.closed')}</Badge>}
                  {queue.channels.map((channel) => <Badge key={channel} icon={channel === 'email' ? 'mail' : 'messages-square'}>{t(`views.channel.${channel}`)}</Badge>)}
                  <Badge icon="users">{nameOf(teams, queue.teamId) ?? t('queues.everybody')}</Badge>
                  {queue.calendarId !== null && <Badge icon="clock">{nameOf(calendars, queue.calendarId) ?? '…'}</Badge>}
                  {queue.skills.map(({ skillId, level }) => <Badge key={skillId} icon="badge-check">{t('queues.skillBadge', { skill: nameOf(skills, skillId) ?? '…', level })}</Badge>)}
                  {queue.answerWithinSeconds !== null && <Badge icon="flag">{t('queues.withinBadge', { time: formatSeconds(queue.answerWithinSeconds) })}</Badge>}
                </p>
              </li>
            ))}
          </CardList>
        )}
      </LoadState>
      {canReport && <EstimatesCard />}
    </Page>
  );
}
