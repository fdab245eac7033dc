import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from '../app/root.tsx';
import { isProblem } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery, setupQuery } from '../data/session.ts';
import { wayBack } from './way-back.ts';

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => (typeof search['next'] === 'string' ? { next: search['next'] } : {}),
  beforeLoad: async ({ search }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!isProblem(error, 'signed_out')) throw error;
      const { isSetUp } = await queryClient.ensureQueryData(setupQuery);
      if (!isSetUp) throw redirect({ to: '/first-run', replace: true });
      return;
    }
    throw redirect({ href: wayBack(search.next), replace: true });
  },
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

const forgotten = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('./forgotten-page.tsx'), 'ForgottenPage'),
});

/** Mailed links lead to the next two; server/src/accounts writes them. */
const reset = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password/$token',
  component: lazyRouteComponent(() => import('./reset-page.tsx'), 'ResetPage'),
});

const invitation = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('./invitation-page.tsx'), 'InvitationPage'),
});

export const signInRoutes = [signIn, forgotten, reset, invitation];
