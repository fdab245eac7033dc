import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';

export const mentionsRoute = createRoute({ getParentRoute: () => workspaceRoute, path: '/mentions', component: lazyPage(() => import('./mentions-page.tsx'), 'MentionsPage') });
