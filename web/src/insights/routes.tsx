import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../app/root.tsx';
import { readReportFilter } from './filter.ts';

export const insightsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/reports',
  validateSearch: readReportFilter,
  component: lazyRouteComponent(() => import('./report-page.tsx'), 'ReportPage'),
});
