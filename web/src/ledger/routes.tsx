import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../app/root.tsx';
import { readFilter } from './filter.ts';

export const ledgerRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/ledger',
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('./ledger-page.tsx'), 'LedgerPage'),
});
