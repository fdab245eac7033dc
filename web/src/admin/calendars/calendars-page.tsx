import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { calendarsQuery, policiesQuery } from '../../data/service-levels.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { weekWords } from './calendar-words.ts';

/** When work is done. */
export function CalendarsPage() {
  const calendars = useQuery(calendarsQuery);
  const policies = useQuery(policiesQuery).data?.items ?? [];
  const create = <Link to="/admin/calendars/new" className={buttonLook('primary')}><Icon name="plus" />{t('calendars.create')}</Link>;
  return (
    <Page title={t('settings.calendars')} description={t('calendars.lead')} actions={create}>
      <LoadState query={calendars} explain={explain}>
        {(items) => items.length === 0 ? (
          <div className="rounded-lg border border-line bg-surface"><EmptyState icon="clock" title={t('calendars.empty')} action={create}>{t('calendars.emptyLead')}</EmptyState></div>
        ) : (
          <CardList label={t('settings.calendars')}>
            {items.map(({ id, name, hours }) => (
              <li key={id} className="flex flex-col gap-1 px-4 py-3">
                <Link to="/admin/calendars/$calendarId" params={{ calendarId: id }} className="font-medium break-words hover:underline" dir="auto">{name}</Link>
                <p className="text-sm text-pretty text-ink-2">{weekWords(hours.week)}</p>
                <p className="flex flex-wrap gap-1">
                  <Badge icon="clock">{hours.timeZone.replaceAll('_', ' ')}</Badge>
                  {hours.specialDays.length > 0 && <Badge>{t('calendars.holidayCount', { count: hours.specialDays.length })}</Badge>}
                  {policies.filter(({ content }) => content.calendarId === id).map((policy) => <Badge key={policy.id} icon="flag">{policy.name}</Badge>)}
                </p>
              </li>
            ))}
          </CardList>
        )}
      </LoadState>
    </Page>
  );
}
