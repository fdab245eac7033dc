import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../app/settings-route.ts';

const start = createRoute({ getParentRoute: () => settingsRoute, path: '/admin', component: lazyRouteComponent(() => import('./start-page.tsx'), 'StartPage') });
const people = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/people', component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage') });
const teams = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/teams', component: lazyRouteComponent(() => import('./teams/teams-page.tsx'), 'TeamsPage') });
const roles = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/roles', component: lazyRouteComponent(() => import('./roles/roles-page.tsx'), 'RolesPage') });
const inboxes = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inboxes', component: lazyRouteComponent(() => import('./inboxes/inboxes-page.tsx'), 'InboxesPage') });
const newInbox = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inboxes/new', component: lazyRouteComponent(() => import('./inboxes/inbox-page.tsx'), 'NewInboxPage') });
const inbox = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inboxes/$inboxId', component: lazyRouteComponent(() => import('./inboxes/inbox-page.tsx'), 'InboxPage') });
const inboxSignIn = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inbox-sign-in', component: lazyRouteComponent(() => import('./inboxes/inbox-sign-in-page.tsx'), 'InboxSignInPage') });
const apiKeys = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/api-keys', component: lazyRouteComponent(() => import('./api-keys/api-keys-page.tsx'), 'ApiKeysPage') });
const webhooks = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/webhooks', component: lazyRouteComponent(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage') });
const newWebhook = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/webhooks/new', component: lazyRouteComponent(() => import('./webhooks/new-webhook-page.tsx'), 'NewWebhookPage') });
const webhook = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/webhooks/$endpointId', component: lazyRouteComponent(() => import('./webhooks/webhook-page.tsx'), 'WebhookPage') });
const signIn = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/sign-in', component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'AdminSignInPage') });
const audit = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/audit', component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage') });
const company = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/company', component: lazyRouteComponent(() => import('./company/company-page.tsx'), 'CompanyPage') });

const fields = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/fields', component: lazyRouteComponent(() => import('./fields/fields-page.tsx'), 'FieldsPage') });
const imports = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/imports', component: lazyRouteComponent(() => import('./imports/imports-page.tsx'), 'ImportsPage') });
const newImport = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/imports/new', component: lazyRouteComponent(() => import('./imports/new-import-page.tsx'), 'NewImportPage') });
const oneImport = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/imports/$importId', component: lazyRouteComponent(() => import('./imports/import-page.tsx'), 'ImportPage') });

const retention = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/retention', component: lazyRouteComponent(() => import('./retention/retention-page.tsx'), 'RetentionPage') });

export const adminRoutes = [retention, imports, newImport, oneImport, fields, start, people, teams, roles, inboxes, newInbox, inbox, inboxSignIn, apiKeys, webhooks, newWebhook, webhook, signIn, audit, company];
