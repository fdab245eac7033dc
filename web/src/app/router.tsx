import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { casesRoute } from '../cases/routes.tsx';
import { searchRoute } from '../search/routes.tsx';
import { rootRoute, workspaceRoute } from './root.tsx';

const home = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: () => {
    const to: string = '/cases/mine';
    throw redirect({ to, replace: true });
  },
});

/** Each room brings its routes from its own `routes.tsx`; signed-in pages hang below `workspaceRoute`, the others below `rootRoute`. */
const routeTree = rootRoute.addChildren([workspaceRoute.addChildren([home, casesRoute, searchRoute])]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
