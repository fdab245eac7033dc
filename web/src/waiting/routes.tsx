import { createRoute } from '@tanstack/react-router';
import { workspaceRoute } from '../app/root.tsx';
import { lazyPage } from '../data/lazy-part.ts';

export const wallRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/wall',
  /** `screen=1`: for a screen on the wall, read from far. */
  validateSearch: ({ screen }: Record<string, unknown>): { screen?: 1 } => (Number(screen) === 1 ? { screen: 1 } : {}),
  component: lazyPage(() => import('./wall-page.tsx'), 'WallPage'),
});
