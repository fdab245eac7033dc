import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../app/root.tsx';
import { readSearchWords } from './search-words.ts';

export const searchRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/search',
  validateSearch: readSearchWords,
  component: lazyRouteComponent(() => import('./search-page.tsx'), 'SearchPage'),
});
