import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { customerFieldsQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Card, Page } from '../ui/page.tsx';
import { showTrouble } from '../ui/toast.ts';
import { CaseLines } from './case-lines.tsx';
import { OwnFieldValues } from './own-fields.tsx';
import { OrganizationDialog } from './organization-dialog.tsx';
import { customersQuery, organizationCasesQuery, organizationQuery, refreshCustomers } from './queries.ts';

const route = getRouteApi('/workspace/organizations/$organizationId');

/** A company: who belongs to it, and what they wrote about. */
export function OrganizationPage() {
  const { organizationId } = route.useParams();
  const organization = useQuery(organizationQuery(organizationId));
  const members = useInfiniteQuery(customersQuery({ organization: organizationId }));
  const fields = (useQuery(customerFieldsQuery).data ?? []).filter((field) => field.subject === 'organization');
  const canRead = useCan('case.read');
  const cases = useInfiniteQuery({ ...organizationCasesQuery(organizationId), enabled: canRead });
  const canEdit = useCan('customer.edit');
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'edit' | 'remove'>();
  const remove = useMutation({
    mutationFn: () => client.organizations.remove({ params: { organizationId } }),
    onSuccess: () => {
      void navigate({ to: '/customers', search: { tab: 'organizations' } });
      refreshCustomers();
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <LoadState query={organization} explain={explain}>
      {(one) => (
        <Page title={one.name} description={one.domains.length > 0 && <span className="flex flex-wrap gap-1">{one.domains.map((domain) => <Badge key={domain} icon="at-sign">{domain}</Badge>)}</span>}
          actions={canEdit && <><Button icon="pencil" onClick={() => setAsking('edit')}>{t('organizations.edit')}</Button><Button icon="trash-2" onClick={() => setAsking('remove')}>{t('organizations.remove')}</Button></>}>
          {one.note && <Card title={t('customer.note')}><p dir="auto" className="break-words whitespace-pre-wrap">{one.note}</p></Card>}
          {fields.some((field) => one.fields[field.id] !== undefined) && <Card title={t('field.title')}><OwnFieldValues fields={fields} values={one.fields} /></Card>}
          <Card title={t('customers.title')}>
            {members.data?.length === 0 && <p className="text-ink-3">{t('organizations.noMembers')}</p>}
            <ul className="-my-1">{members.data?.map((each) => (
              <li key={each.id}><Link to="/customers/$customerId" params={{ customerId: each.id }} className="-mx-2 flex items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover"><Avatar name={each.name} size={28} /><bdi className="min-w-0 truncate">{each.name}</bdi><bdi className="min-w-0 truncate text-sm text-ink-3">{each.identities[0]?.value}</bdi></Link></li>
            ))}</ul>
            <MoreButton query={members} label={t('search.more')} />
          </Card>
          {canRead && <Card title={t('place.cases')}><CaseLines rows={cases.data ?? []} hasNames /><MoreButton query={cases} label={t('search.more')} /></Card>}
          {asking === 'edit' && <OrganizationDialog organization={one} onClose={() => setAsking(undefined)} />}
          <Confirm isOpen={asking === 'remove'} onClose={() => setAsking(undefined)} title={t('organizations.removeTitle', { name: one.name })} deed={t('organizations.remove')} isBusy={remove.isPending} onConfirm={() => remove.mutate()}>{t('organizations.removeLead')}</Confirm>
        </Page>
      )}
    </LoadState>
  );
}
