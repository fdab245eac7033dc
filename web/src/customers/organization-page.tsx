import type { Organization } from '@rapport/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useRemoval } from '../commands/use-removal.ts';
import { client } from '../data/client.ts';
import { customerFieldsQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { identityWord } from './identity-word.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Card, Page } from '../ui/page.tsx';
import { CaseLines } from './case-lines.tsx';
import { OwnFieldValues } from './own-fields.tsx';
import { OrganizationDialog } from './organization-dialog.tsx';
import { customersQuery, organizationCasesQuery, organizationQuery, refreshCustomers } from './queries.ts';

const route = getRouteApi('/workspace/organizations/$organizationId');

/** A company: who belongs to it, and what they wrote about. */
export function OrganizationPage() {
  const { organizationId } = route.useParams();
  const navigate = useNavigate();
  const remove = useRemoval<Organization>({
    remove: ({ id }) => client.organizations.remove({ params: { organizationId: id } }),
    restore: (wayBack) => client.organizations.restore({ body: { wayBack } }),
    nameOf: ({ name }) => name,
    refresh: refreshCustomers,
    onRemoved: () => navigate({ to: '/customers', search: { tab: 'organizations' } }),
  });
  // What is gone is not asked for any more, on the way out of its page.
  const isThere = remove.isIdle || remove.isError;
  const organization = useQuery({ ...organizationQuery(organizationId), enabled: isThere });
  const members = useInfiniteQuery(customersQuery({ organization: organizationId }));
  const fields = (useQuery(customerFieldsQuery).data ?? []).filter((field) => field.subject === 'organization');
  const canRead = useCan('case.read');
  const cases = useInfiniteQuery({ ...organizationCasesQuery(organizationId), enabled: canRead && isThere });
  const canEdit = useCan('customer.edit');
  const [isEditing, setEditing] = useState(false);
  return (
    <LoadState query={organization} explain={explain}>
      {(one) => (
        <Page title={one.name} description={one.domains.length > 0 && <span className="flex flex-wrap gap-1">{one.domains.map((domain) => <Badge key={domain} icon="at-sign">{domain}</Badge>)}</span>}
          actions={canEdit && <><Button icon="pencil" onClick={() => setEditing(true)}>{t('organizations.edit')}</Button><Button icon="trash-2" isBusy={remove.isPending} onClick={() => remove.mutate(one)}>{t('organizations.remove')}</Button></>}>
          {one.note && <Card title={t('customer.note')}><p dir="auto" className="break-words whitespace-pre-wrap">{one.note}</p></Card>}
          {fields.some((field) => one.fields[field.id] !== undefined) && <Card title={t('field.title')}><OwnFieldValues fields={fields} values={one.fields} /></Card>}
          <Card title={t('customers.title')}>
            {members.data?.length === 0 && <p className="text-ink-3">{t('organizations.noMembers')}</p>}
            <ul className="-my-1">{members.data?.map((each) => (
              <li key={each.id}><Link to="/customers/$customerId" params={{ customerId: each.id }} className="-mx-2 flex items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover"><Avatar name={each.name} size={28} /><bdi className="min-w-0 truncate">{each.name}</bdi><bdi className="min-w-0 truncate text-sm text-ink-3">{identityWord(each.identities[0])}</bdi></Link></li>
            ))}</ul>
            <MoreButton query={members} label={t('search.more')} />
          </Card>
          {canRead && <Card title={t('place.cases')}><CaseLines rows={cases.data ?? []} hasNames /><MoreButton query={cases} label={t('search.more')} /></Card>}
          {isEditing && <OrganizationDialog organization={one} onClose={() => setEditing(false)} />}
        </Page>
      )}
    </LoadState>
  );
}
