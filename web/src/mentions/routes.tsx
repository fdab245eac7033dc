import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../app/root.tsx';

export const mentionsRoute = createRoute({ getParentRoute: () => workspaceRoute, path: '/mentions', component: lazyRouteComponent(() => import('./mentions-page.tsx'), 'MentionsPage') });
