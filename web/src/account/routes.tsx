import { createRoute, redirect } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { settingsRoute } from '../app/settings-route.ts';

const start = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/account',
  beforeLoad: () => {
    throw redirect({ to: '/account/profile', replace: true });
  },
});
const profile = createRoute({ getParentRoute: () => settingsRoute, path: '/account/profile', component: lazyPage(() => import('./profile-page.tsx'), 'ProfilePage') });
const security = createRoute({ getParentRoute: () => settingsRoute, path: '/account/security', component: lazyPage(() => import('./security-page.tsx'), 'SecurityPage') });
const appearance = createRoute({ getParentRoute: () => settingsRoute, path: '/account/appearance', component: lazyPage(() => import('./appearance-page.tsx'), 'AppearancePage') });

export const accountRoutes = [start, profile, security, appearance];
