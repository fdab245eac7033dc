import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
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
import { CustomerList } from './customer-list.tsx';
import type { CustomerFilter, CustomersTab } from './filter.ts';
import { OrganizationDialog } from './organization-dialog.tsx';
import { organizationsQuery } from './queries.ts';

const route = getRouteApi('/workspace/customers');
const ground = 'rounded-lg border border-line bg-surface';
const line = 'flex min-h-14 items-center gap-3 px-4 py-2.5 hover:bg-hover';

function OrganizationList({ q, create }: { q: string; create: ReactNode }) {
  const organizations = useInfiniteQuery(organizationsQuery(q));
  return (
    <LoadState query={organizations} explain={explain}>
      {(items) => items.length === 0 ? <div className={ground}><EmptyState icon={q ? 'search-x' : 'building-2'} title={t(q ? 'organizations.noneFound' : 'organizations.none')} action={!q && create}>{t(q ? 'organizations.noneFoundHint' : 'organizations.empty')}</EmptyState></div> : (
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
  const { tab = 'customers', q = '', ...filter } = route.useSearch();
  const navigate = useNavigate();
  const canEdit = useCan('customer.edit');
  const canBlock = useCan('customer.block');
  const [making, setMaking] = useState<'organization' | 'block'>();
  const go = (next: { tab?: CustomersTab; q?: string }, wanted: CustomerFilter = {}) => {
    const { tab: to = tab, q: words = q } = next;
    void navigate({ to: '/customers', search: { ...(to === 'customers' ? {} : { tab: to }), ...(words ? { q: words } : {}), ...wanted }, replace: true });
  };
  const createOrganization = canEdit && <Button tone="primary" icon="plus" onClick={() => setMaking('organization')}>{t('organizations.create')}</Button>;
  const block = canBlock && <Button tone="primary" icon="ban" onClick={() => setMaking('block')}>{t('blocked.create')}</Button>;
  const search = (label: string) => (
    <Field label={label} isLabelHidden><Input type="search" value={q} placeholder={label} autoComplete="off" maxLength={200} onChange={(event) => go({ q: event.target.value }, filter)} /></Field>
  );
  const action = tab === 'organizations' ? createOrganization : tab === 'blocked' && block;
  return (
    <Page title={t('customers.title')} description={t('customers.lead')} width="xl" actions={action}>
      <Tabs
        label={t('customers.title')} value={tab} onChange={(next) => go({ tab: next, q: '' })}
        tabs={[
          { value: 'customers', label: t('customers.title'), icon: 'users', panel: <div className="flex flex-col gap-3 pt-4">{search(t('customers.search'))}<CustomerList q={q} filter={filter} onChange={(next) => go({}, next)} /></div> },
          { value: 'organizations', label: t('organizations.title'), icon: 'building-2', panel: <div className="flex flex-col gap-3 pt-4">{search(t('organizations.search'))}<OrganizationList q={q} create={createOrganization} /></div> },
          { value: 'blocked', label: t('blocked.title'), icon: 'ban', panel: <div className="pt-4"><BlockedList create={block} /></div> },
        ]}
      />
      {making === 'organization' && <OrganizationDialog organization={undefined} onClose={() => setMaking(undefined)} />}
      {making === 'block' && <BlockDialog value="" onClose={() => setMaking(undefined)} />}
    </Page>
  );
}
