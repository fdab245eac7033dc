import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root.tsx';
import { settingsRoute } from '../app/settings-route.ts';

export const notificationSettingsRoute = createRoute({ getParentRoute: () => settingsRoute, path: '/account/notifications', component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage') });
/** Mails lead here; server/src/notifications writes the link. */
export const stopMailRoute = createRoute({ getParentRoute: () => rootRoute, path: '/stop-mail/$token', component: lazyRouteComponent(() => import('./stop-mail-page.tsx'), 'StopMailPage') });
