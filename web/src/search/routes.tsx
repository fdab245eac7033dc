import { shelves, type Shelf } from '@rapport/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../app/root.tsx';

export interface SearchWords {
  q?: string;
  shelf?: Shelf;
}

export const searchRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/search',
  validateSearch: (search: Record<string, unknown>): SearchWords => ({
    ...(typeof search['q'] === 'string' || typeof search['q'] === 'number' ? { q: String(search['q']).slice(0, 200) } : {}),
    ...((shelves as readonly unknown[]).includes(search['shelf']) ? { shelf: search['shelf'] as Shelf } : {}),
  }),
  component: lazyRouteComponent(() => import('./search-page.tsx'), 'SearchPage'),
});
