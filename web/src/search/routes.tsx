import { createRoute } from '@tanstack/react-router';
import { startPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';
import { readSearchWords } from './search-words.ts';

export const searchRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/search',
  validateSearch: readSearchWords,
  component: startPage(() => import('./search-page.tsx'), 'SearchPage'),
});
