import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { inboxesQuery } from '../../data/people.ts';
import { t } from '../../i18n/index.ts';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSkeleton, LoadState } from '../../ui/load-state.tsx';
import { Page } from '../../ui/page.tsx';
import { InboxForm } from './inbox-form.tsx';

const route = getRouteApi('/workspace/settings/admin/inboxes/$inboxId');

export const NewInboxPage = () => <InboxForm inbox={undefined} />;

export function InboxPage() {
  const { inboxId } = route.useParams();
  const inboxes = useQuery(inboxesQuery);
  const inbox = inboxes.data?.find((candidate) => candidate.id === inboxId);
  if (inbox) return <InboxForm key={inbox.id} inbox={inbox} />;
  return (
    <Page title={t('settings.inboxes')}>
      <LoadState query={inboxes} explain={explain} skeleton={<ListSkeleton rows={3} />}>
        {() => <EmptyState icon="search-x" title={t('page.notFound')} action={<Link to="/admin/inboxes" className={buttonLook()}>{t('inbox.all')}</Link>}>{t('problem.notFound')}</EmptyState>}
      </LoadState>
    </Page>
  );
}
