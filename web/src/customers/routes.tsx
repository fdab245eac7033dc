import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';

const tabs = ['customers', 'organizations', 'blocked'] as const;
export type CustomersTab = (typeof tabs)[number];
export interface CustomersSearch { tab?: CustomersTab; q?: string }

const list = createRoute({
  getParentRoute: () => workspaceRoute, path: '/customers',
  validateSearch: (search: Record<string, unknown>): CustomersSearch => {
    const tab = tabs.find((each) => each === search['tab']);
    return { ...(tab === undefined || tab === 'customers' ? {} : { tab }), ...(typeof search['q'] === 'string' && search['q'] !== '' ? { q: search['q'].slice(0, 200) } : {}) };
  },
  component: lazyPage(() => import('./customers-page.tsx'), 'CustomersPage'),
});
const one = createRoute({ getParentRoute: () => workspaceRoute, path: '/customers/$customerId', component: lazyPage(() => import('./customer-page.tsx'), 'CustomerPage') });
const organization = createRoute({ getParentRoute: () => workspaceRoute, path: '/organizations/$organizationId', component: lazyPage(() => import('./organization-page.tsx'), 'OrganizationPage') });

export const customerRoutes = [list, one, organization];
