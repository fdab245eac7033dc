import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';
import { readReportFilter } from './filter.ts';
import { readSurveyFilter } from './survey-filter.ts';

export const insightsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/reports',
  validateSearch: readReportFilter,
  component: lazyPage(() => import('./report-page.tsx'), 'ReportPage'),
});

export const surveyReportRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/reports/surveys',
  validateSearch: readSurveyFilter,
  component: lazyPage(() => import('./survey-report-page.tsx'), 'SurveyReportPage'),
});
