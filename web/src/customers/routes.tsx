import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';
import { customersTabs, readCustomerFilter, type CustomerFilter, type CustomersTab } from './filter.ts';

export interface CustomersSearch extends CustomerFilter { tab?: CustomersTab; q?: string }

const list = createRoute({
  getParentRoute: () => workspaceRoute, path: '/customers',
  validateSearch: (search: Record<string, unknown>): CustomersSearch => {
    const tab = customersTabs.find((each) => each === search['tab']);
    return { ...(tab === undefined || tab === 'customers' ? {} : { tab }), ...(typeof search['q'] === 'string' && search['q'] !== '' ? { q: search['q'].slice(0, 200) } : {}), ...(tab === undefined || tab === 'customers' ? readCustomerFilter(search) : {}) };
  },
  component: lazyPage(() => import('./customers-page.tsx'), 'CustomersPage'),
});
const one = createRoute({ getParentRoute: () => workspaceRoute, path: '/customers/$customerId', component: lazyPage(() => import('./customer-page.tsx'), 'CustomerPage') });
const organization = createRoute({ getParentRoute: () => workspaceRoute, path: '/organizations/$organizationId', component: lazyPage(() => import('./organization-page.tsx'), 'OrganizationPage') });

export const customerRoutes = [list, one, organization];
