import { createRoute } from '@tanstack/react-router';
import { startPage } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';

export const mentionsRoute = createRoute({ getParentRoute: () => workspaceRoute, path: '/mentions', component: startPage(() => import('./mentions-page.tsx'), 'MentionsPage') });
