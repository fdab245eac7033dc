import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { isProblem } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery, setupQuery } from '../data/session.ts';
import { chooseLocale } from '../i18n/index.ts';
import { Toaster } from '../ui/toaster.tsx';
import { ErrorPage } from './error-page.tsx';
import { NotFound } from './not-found.tsx';
import { RouteProgress } from './route-progress.tsx';
import { Shell } from './shell.tsx';

export const rootRoute = createRootRoute({
  component: () => (
    <>
      <RouteProgress />
      <Outlet />
      <Toaster />
    </>
  ),
  notFoundComponent: NotFound,
  errorComponent: ErrorPage,
});

/**
 * Everything that needs a signed-in agent hangs below this route. Without a session it leads to the sign-in, or to the first run when
 * there is no account yet; `next` is where the person wanted to go.
 */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'workspace',
  component: Shell,
  errorComponent: ErrorPage,
  beforeLoad: async ({ location }) => {
    try {
      const session = await queryClient.ensureQueryData(sessionQuery);
      if (!localStorage.getItem('rapport.locale')) await chooseLocale(session.agent.locale);
    } catch (error) {
      if (!isProblem(error, 'signed_out')) throw error;
      const { isSetUp } = await queryClient.fetchQuery(setupQuery);
      const to: string = isSetUp ? '/sign-in' : '/first-run';
      throw redirect({ to, search: isSetUp ? { next: location.href } : {}, replace: true });
    }
  },
});
