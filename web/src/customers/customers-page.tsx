import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { CardList, Page } from '../ui/page.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { BlockDialog } from './block-dialog.tsx';
import { BlockedList } from './blocked-list.tsx';
import { OrganizationDialog } from './organization-dialog.tsx';
import { customersQuery, organizationsQuery } from './queries.ts';

const route = getRouteApi('/workspace/customers');
const ground = 'rounded-lg border border-line bg-surface';
const line = 'flex min-h-14 items-center gap-3 px-4 py-2.5 hover:bg-hover';

function CustomerList({ q }: { q: string }) {
  const customers = useInfiniteQuery(customersQuery(q));
  return (
    <LoadState query={customers} explain={explain}>
      {(items) => items.length === 0 ? <div className={ground}><EmptyState icon={q ? 'search-x' : 'users'} title={t(q ? 'customers.noneFound' : 'customers.none')} /></div> : (
        <>
          <CardList label={t('customers.title')}>
            {items.map((each) => (
              <li key={each.id}>
                <Link to="/customers/$customerId" params={{ customerId: each.id }} className={line}>
                  <Avatar name={each.name} size={32} />
                  <span className="min-w-0 grow">
                    <span dir="auto" className="align-frame block truncate font-medium">{each.name}</span>
                    <span className="block truncate text-sm text-ink-3"><bdi>{each.identities[0]?.value}</bdi>{each.identities.length > 1 && ` +${each.identities.length - 1}`}</span>
                  </span>
                  {each.organization && <span className="max-md:hidden"><Badge icon="building-2">{each.organization.name}</Badge></span>}
                  <span className="shrink-0 text-sm text-ink-3">{each.caseCount > 0 ? t('customer.cases', { count: each.caseCount }) : t('customers.noneYet')}</span>
                </Link>
              </li>
            ))}
          </CardList>
          <MoreButton query={customers} label={t('search.more')} />
        </>
      )}
    </LoadState>
  );
}

function OrganizationList({ q }: { q: string }) {
  const organizations = useInfiniteQuery(organizationsQuery(q));
  return (
    <LoadState query={organizations} explain={explain}>
      {(items) => items.length === 0 ? <div className={ground}><EmptyState icon="building-2" title={t(q ? 'customers.noneFound' : 'organizations.none')}>{!q && t('organizations.lead')}</EmptyState></div> : (
        <>
          <CardList label={t('organizations.title')}>
            {items.map((each) => (
              <li key={each.id}>
                <Link to="/organizations/$organizationId" params={{ organizationId: each.id }} className={line}>
                  <span className="grid size-8 shrink-0 place-items-center rounded-md bg-hover text-ink-2"><Icon name="building-2" size={16} /></span>
                  <span className="min-w-0 grow"><span dir="auto" className="align-frame block truncate font-medium">{each.name}</span><span className="block truncate text-sm text-ink-3"><bdi>{each.domains.join(', ') || '–'}</bdi></span></span>
                </Link>
              </li>
            ))}
          </CardList>
          <MoreButton query={organizations} label={t('search.more')} />
        </>
      )}
    </LoadState>
  );
}

/** Everybody who ever wrote, their companies, and those whose mail is not taken. */
export function CustomersPage() {
  const { tab = 'customers', q = '' } = route.useSearch();
  const navigate = useNavigate();
  const canEdit = useCan('customer.edit');
  const canBlock = useCan('customer.block');
  const [making, setMaking] = useState<'organization' | 'block'>();
  const search = (label: string) => (
    <Field label={label} isLabelHidden><Input type="search" value={q} placeholder={label} autoComplete="off" maxLength={200} onChange={(event) => void navigate({ to: '/customers', search: { ...(tab === 'customers' ? {} : { tab }), ...(event.target.value ? { q: event.target.value } : {}) }, replace: true })} /></Field>
  );
  const action = tab === 'organizations' ? canEdit && <Button tone="primary" icon="plus" onClick={() => setMaking('organization')}>{t('organizations.create')}</Button>
    : tab === 'blocked' && canBlock && <Button tone="primary" icon="ban" onClick={() => setMaking('block')}>{t('blocked.create')}</Button>;
  return (
    <Page title={t('customers.title')} description={t('customers.lead')} width="xl" actions={action}>
      <Tabs
        label={t('customers.title')} value={tab} onChange={(next) => void navigate({ to: '/customers', search: next === 'customers' ? {} : { tab: next }, replace: true })}
        tabs={[
          { value: 'customers', label: t('customers.title'), icon: 'users', panel: <div className="flex flex-col gap-3 pt-4">{search(t('customers.search'))}<CustomerList q={q} /></div> },
          { value: 'organizations', label: t('organizations.title'), icon: 'building-2', panel: <div className="flex flex-col gap-3 pt-4">{search(t('organizations.search'))}<OrganizationList q={q} /></div> },
          { value: 'blocked', label: t('blocked.title'), icon: 'ban', panel: <div className="pt-4"><BlockedList /></div> },
        ]}
      />
      {making === 'organization' && <OrganizationDialog organization={undefined} onClose={() => setMaking(undefined)} />}
      {making === 'block' && <BlockDialog value="" onClose={() => setMaking(undefined)} />}
    </Page>
  );
}
