import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';
import { readFilter } from './filter.ts';

export const ledgerRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/ledger',
  validateSearch: readFilter,
  component: lazyPage(() => import('./ledger-page.tsx'), 'LedgerPage'),
});
