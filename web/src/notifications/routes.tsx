import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { rootRoute } from '../app/root.tsx';
import { settingsRoute } from '../app/settings-route.ts';

export const notificationSettingsRoute = createRoute({ getParentRoute: () => settingsRoute, path: '/account/notifications', component: lazyPage(() => import('./settings-page.tsx'), 'SettingsPage') });
/** Mails lead here; server/src/notifications writes the link. */
export const stopMailRoute = createRoute({ getParentRoute: () => rootRoute, path: '/stop-mail/$token', component: lazyPage(() => import('./stop-mail-page.tsx'), 'StopMailPage') });
