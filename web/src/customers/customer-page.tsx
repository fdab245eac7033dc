import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { customerCasesQuery, customerQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Card, Page } from '../ui/page.tsx';
import { AddressesCard } from './addresses-card.tsx';
import { CaseLines } from './case-lines.tsx';
import { EraseCard } from './erase-card.tsx';
import { ExportCard } from './export-card.tsx';
import { FactsCard } from './facts-card.tsx';
import { SamePersonCard } from './same-person-card.tsx';

const route = getRouteApi('/workspace/customers/$customerId');

/** Everything about one person. */
export function CustomerPage() {
  const { customerId } = route.useParams();
  const [erasing, setErasing] = useState<{ customerId: string; erasureId: string }>();
  const isErased = erasing?.customerId === customerId;
  const customer = useQuery({ ...customerQuery(customerId), enabled: !isErased });
  const canRead = useCan('case.read');
  const cases = useInfiniteQuery({ ...customerCasesQuery(customerId), enabled: canRead && !isErased });
  const canErase = useCan('customer.erase');
  const canExport = useCan('customer.export');
  if (isErased) return <Page title={t('erasure.title')}><EraseCard customer={undefined} erasureId={erasing.erasureId} onBegun={() => {}} /></Page>;
  return (
    <LoadState query={customer} explain={explain}>
      {(one) => (
        <Page title={one.name} description={t('customer.since', { date: formatDate(one.createdAt) })}>
          <SamePersonCard customer={one} />
          <AddressesCard customer={one} />
          <FactsCard key={`${one.id} ${one.version}`} customer={one} />
          {canRead && <Card title={t('place.cases')}><CaseLines rows={cases.data?.pages.flatMap((page) => page.items) ?? []} /><MoreButton query={cases} label={t('search.more')} /></Card>}
          {canExport && <ExportCard customer={one} />}
          {canErase && <EraseCard customer={one} erasureId={undefined} onBegun={(erasureId) => setErasing({ customerId, erasureId })} />}
        </Page>
      )}
    </LoadState>
  );
}
