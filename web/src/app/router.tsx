import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { accountRoutes } from '../account/routes.tsx';
import { adminRoutes } from '../admin/routes.tsx';
import { automationRoutes } from '../automation/routes.tsx';
import { casesRoute } from '../cases/routes.tsx';
import { customerRoutes } from '../customers/routes.tsx';
import { firstRunRoute } from '../first-run/routes.tsx';
import { insightsRoute, surveyReportRoute } from '../insights/routes.tsx';
import { ledgerRoute } from '../ledger/routes.tsx';
import { mentionsRoute } from '../mentions/routes.tsx';
import { mailboxRoute } from '../mailbox/routes.tsx';
import { notificationSettingsRoute, stopMailRoute } from '../notifications/routes.tsx';
import { searchRoute } from '../search/routes.tsx';
import { signInRoutes } from '../sign-in/routes.tsx';
import { PageError } from './error-page.tsx';
import { wallRoute } from '../waiting/routes.tsx';
import { rootRoute, workspaceRoute } from './root.tsx';
import { settingsRoute } from './settings-route.ts';

const home = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: () => {
    const to: string = '/cases/mine';
    throw redirect({ to, replace: true });
  },
});

/** Each room brings its routes from its own `routes.tsx`; signed-in pages hang below `workspaceRoute`, the others below `rootRoute`. */
const routeTree = rootRoute.addChildren([
  ...signInRoutes, stopMailRoute, firstRunRoute,
  workspaceRoute.addChildren([home, casesRoute, ...customerRoutes, searchRoute, mentionsRoute, ledgerRoute, insightsRoute, surveyReportRoute, wallRoute, mailboxRoute, settingsRoute.addChildren([...accountRoutes, notificationSettingsRoute, ...adminRoutes, ...automationRoutes])]),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', defaultErrorComponent: PageError, scrollRestoration: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
