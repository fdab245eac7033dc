import type { Customer } from '@rapport/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { customerFieldsQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { identityWord } from './identity-word.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { CardList } from '../ui/page.tsx';
import { FilterChips } from '../views/filter-chips.tsx';
import { useOrganizations } from '../views/use-organizations.ts';
import { customerParts, isFiltered, type CustomerFilter } from './filter.ts';
import { customersQuery } from './queries.ts';

function Filters({ filter, onChange }: { filter: CustomerFilter; onChange: (filter: CustomerFilter) => void }) {
  const [open, setOpen] = useState<string>();
  const fields = (useQuery(customerFieldsQuery).data ?? []).filter((field) => field.subject === 'customer' && (!field.isRetired || filter.fields?.some((one) => one.fieldId === field.id)));
  const parts = customerParts(filter, { ...useOrganizations(filter.organization), fields });
  return (
    <FilterChips parts={parts} open={open} onOpen={setOpen} onChange={onChange}>
      {isFiltered(filter) && <Button size="sm" tone="quiet" icon="x" onClick={() => onChange({})}>{t('views.clear')}</Button>}
    </FilterChips>
  );
}

/** Why nobody is here, and what brings somebody: another filter, or the first mail. */
function Nobody({ isSearched, filter, onChange }: { isSearched: boolean; filter: CustomerFilter; onChange: (filter: CustomerFilter) => void }) {
  const canManage = useCan('inbox.manage');
  const canImport = useCan('import.run');
  if (isFiltered(filter)) return <EmptyState icon="list-filter" title={t('customers.noneFits')} action={<Button icon="x" onClick={() => onChange({})}>{t('views.clear')}</Button>}>{t('customers.noneFitsHint')}</EmptyState>;
  if (isSearched) return <EmptyState icon="search-x" title={t('customers.noneFound')}>{t('customers.noneFoundHint')}</EmptyState>;
  return (
    <EmptyState icon="users" title={t('customers.none')} action={(canManage || canImport) && <>{canManage && <Link to="/admin/inboxes" className={buttonLook('primary')}>{t('empty.toInboxes')}</Link>}{canImport && <Link to="/admin/imports" className={buttonLook()}>{t('customers.toImports')}</Link>}</>}>
      {t('customers.noneHint')}
    </EmptyState>
  );
}

function Line({ customer }: { customer: Customer }) {
  return (
    <li>
      <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="flex min-h-14 items-center gap-3 px-4 py-2.5 hover:bg-hover">
        <Avatar name={customer.name} size={32} />
        <span className="min-w-0 grow">
          <span dir="auto" className="align-frame block truncate font-medium">{customer.name}</span>
          <span className="block truncate text-sm text-ink-3"><bdi>{identityWord(customer.identities[0])}</bdi>{customer.identities.length > 1 && ` +${customer.identities.length - 1}`}</span>
        </span>
        {customer.organization && <span className="max-md:hidden"><Badge icon="building-2">{customer.organization.name}</Badge></span>}
        <span className="shrink-0 text-sm text-ink-3">{customer.caseCount > 0 ? t('customer.cases', { count: customer.caseCount }) : t('customers.noneYet')}</span>
      </Link>
    </li>
  );
}

export function CustomerList({ q, filter, onChange }: { q: string; filter: CustomerFilter; onChange: (filter: CustomerFilter) => void }) {
  const customers = useInfiniteQuery(customersQuery({ q, ...filter }));
  return (
    <>
      <Filters filter={filter} onChange={onChange} />
      <LoadState query={customers} explain={explain}>
        {(items) => (
          <>
            {items.length > 0 && <CardList label={t('customers.title')}>{items.map((each) => <Line key={each.id} customer={each} />)}</CardList>}
            {items.length === 0 && (
              <div className="rounded-lg border border-line bg-surface">
                {customers.hasNextPage ? <EmptyState icon="hourglass" title={t('customers.noneSoFar')}>{t('customers.noneSoFarHint')}</EmptyState> : <Nobody isSearched={q !== ''} filter={filter} onChange={onChange} />}
              </div>
            )}
            <MoreButton query={customers} label={t(items.length === 0 ? 'customers.lookFurther' : 'search.more')} />
          </>
        )}
      </LoadState>
    </>
  );
}
