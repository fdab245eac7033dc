import { createRoute, redirect } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { rootRoute } from '../app/root.tsx';
import { isProblem } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery, setupQuery } from '../data/session.ts';
import { readProgress } from './progress.ts';

/** Open while there is no account; afterwards only to whoever has just made it and is still trying it out. */
export const firstRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/first-run',
  beforeLoad: async () => {
    const { isSetUp } = await queryClient.ensureQueryData(setupQuery);
    if (!isSetUp) return;
    if (readProgress().step !== 'try') throw redirect({ to: '/', replace: true });
    try {
      await queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (isProblem(error, 'signed_out')) throw redirect({ to: '/sign-in', search: { next: '/first-run' }, replace: true });
      throw error;
    }
  },
  component: lazyPage(() => import('./first-run-page.tsx'), 'FirstRunPage'),
});
