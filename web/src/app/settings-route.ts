import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { workspaceRoute } from './root.tsx';

/** Everything about oneself and the company hangs below this route and shares one index at the side. */
export const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  id: 'settings',
  component: lazyPage(() => import('./settings-frame.tsx'), 'SettingsFrame'),
});
