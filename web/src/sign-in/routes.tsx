import { createRoute, redirect } from '@tanstack/react-router';
import { lazyPage, startPage } from '../data/lazy-part.ts';
import { rootRoute } from '../app/root.tsx';
import { isProblem } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery, setupQuery } from '../data/session.ts';
import { wayBack } from './way-back.ts';

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; connect?: 1 } => ({ ...(typeof search['next'] === 'string' ? { next: search['next'] } : {}), ...(search['connect'] ? { connect: 1 as const } : {}) }),
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
  component: startPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

/** The company's own sign-in leads back here. */
const company = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/company',
  validateSearch: ({ state, code, iss, error }: Record<string, unknown>) => ({ state: text(state), code: text(code), iss: text(iss), error: text(error) }),
  component: lazyPage(() => import('./company-page.tsx'), 'CompanyPage'),
});

const forgotten = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten-password',
  component: lazyPage(() => import('./forgotten-page.tsx'), 'ForgottenPage'),
});

/** Mailed links lead to the next two; server/src/accounts writes them. */
const reset = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password/$token',
  component: lazyPage(() => import('./reset-page.tsx'), 'ResetPage'),
});

const invitation = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation/$token',
  component: lazyPage(() => import('./invitation-page.tsx'), 'InvitationPage'),
});

export const signInRoutes = [signIn, company, forgotten, reset, invitation];
