import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../app/settings-route.ts';

const list = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros', component: lazyRouteComponent(() => import('./macros-page.tsx'), 'MacrosPage') });
const fresh = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/new', component: lazyRouteComponent(() => import('./macro-page.tsx'), 'NewMacroPage') });
const one = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/$macroId', component: lazyRouteComponent(() => import('./macro-page.tsx'), 'MacroPage') });

export const automationRoutes = [list, fresh, one];
