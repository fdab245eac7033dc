import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { inboxesQuery, teamsQuery } from '../../data/people.ts';
import { t } from '../../i18n/index.ts';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { InboxLine } from './inbox-line.tsx';

export function InboxesPage() {
  const inboxes = useQuery({ ...inboxesQuery, refetchOnMount: 'always' });
  const teams = useQuery(teamsQuery).data ?? [];
  const create = <Link to="/admin/inboxes/new" className={buttonLook('primary')}><Icon name="plus" />{t('inbox.create')}</Link>;
  return (
    <Page title={t('settings.inboxes')} description={t('inboxes.lead')} actions={create}>
      <LoadState query={inboxes} explain={explain}>
        {(items) =>
          items.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface"><EmptyState icon="at-sign" title={t('inboxes.emptyTitle')} action={create}>{t('inboxes.empty')}</EmptyState></div>
          ) : (
            <CardList label={t('settings.inboxes')}>{items.map((inbox) => <InboxLine key={inbox.id} inbox={inbox} teamName={teams.find((team) => team.id === inbox.teamId)?.name} />)}</CardList>
          )
        }
      </LoadState>
    </Page>
  );
}
