import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { settingsRoute } from '../app/settings-route.ts';

const start = createRoute({ getParentRoute: () => settingsRoute, path: '/admin', component: lazyPage(() => import('./start-page.tsx'), 'StartPage') });
const people = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/people', component: lazyPage(() => import('./people/people-page.tsx'), 'PeoplePage') });
const teams = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/teams', component: lazyPage(() => import('./teams/teams-page.tsx'), 'TeamsPage') });
const roles = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/roles', component: lazyPage(() => import('./roles/roles-page.tsx'), 'RolesPage') });
const inboxes = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inboxes', component: lazyPage(() => import('./inboxes/inboxes-page.tsx'), 'InboxesPage') });
const newInbox = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inboxes/new', component: lazyPage(() => import('./inboxes/inbox-page.tsx'), 'NewInboxPage') });
const inbox = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inboxes/$inboxId', component: lazyPage(() => import('./inboxes/inbox-page.tsx'), 'InboxPage') });
const inboxSignIn = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/inbox-sign-in', component: lazyPage(() => import('./inboxes/inbox-sign-in-page.tsx'), 'InboxSignInPage') });
const apiKeys = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/api-keys', component: lazyPage(() => import('./api-keys/api-keys-page.tsx'), 'ApiKeysPage') });
const webhooks = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/webhooks', component: lazyPage(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage') });
const newWebhook = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/webhooks/new', component: lazyPage(() => import('./webhooks/new-webhook-page.tsx'), 'NewWebhookPage') });
const webhook = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/webhooks/$endpointId', component: lazyPage(() => import('./webhooks/webhook-page.tsx'), 'WebhookPage') });
const signIn = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/sign-in', component: lazyPage(() => import('./sign-in/sign-in-page.tsx'), 'AdminSignInPage') });
const audit = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/audit', component: lazyPage(() => import('./audit/audit-page.tsx'), 'AuditPage') });
const company = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/company', component: lazyPage(() => import('./company/company-page.tsx'), 'CompanyPage') });

const fields = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/fields', component: lazyPage(() => import('./fields/fields-page.tsx'), 'FieldsPage') });
const imports = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/imports', component: lazyPage(() => import('./imports/imports-page.tsx'), 'ImportsPage') });
const newImport = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/imports/new', component: lazyPage(() => import('./imports/new-import-page.tsx'), 'NewImportPage') });
const oneImport = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/imports/$importId', component: lazyPage(() => import('./imports/import-page.tsx'), 'ImportPage') });

const retention = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/retention', component: lazyPage(() => import('./retention/retention-page.tsx'), 'RetentionPage') });

const calendars = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/calendars', component: lazyPage(() => import('./calendars/calendars-page.tsx'), 'CalendarsPage') });
const newCalendar = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/calendars/new', component: lazyPage(() => import('./calendars/calendar-page.tsx'), 'NewCalendarPage') });
const calendar = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/calendars/$calendarId', component: lazyPage(() => import('./calendars/calendar-page.tsx'), 'CalendarPage') });
const policies = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/service-levels', component: lazyPage(() => import('./service-levels/policies-page.tsx'), 'PoliciesPage') });
const newPolicy = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/service-levels/new', component: lazyPage(() => import('./service-levels/policy-page.tsx'), 'NewPolicyPage') });
const policy = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/service-levels/$policyId', component: lazyPage(() => import('./service-levels/policy-page.tsx'), 'PolicyPage') });

const surveys = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/surveys', component: lazyPage(() => import('./surveys/surveys-page.tsx'), 'SurveysPage') });
const newSurvey = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/surveys/new', component: lazyPage(() => import('./surveys/survey-page.tsx'), 'NewSurveyPage') });
const survey = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/surveys/$surveyId', component: lazyPage(() => import('./surveys/survey-page.tsx'), 'SurveyPage') });

const queues = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/queues', component: lazyPage(() => import('./queues/queues-page.tsx'), 'QueuesPage') });
const newQueue = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/queues/new', component: lazyPage(() => import('./queues/queue-page.tsx'), 'NewQueuePage') });
const queue = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/queues/$queueId', component: lazyPage(() => import('./queues/queue-page.tsx'), 'QueuePage') });
const workforce = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/workforce', component: lazyPage(() => import('./workforce/workforce-page.tsx'), 'WorkforcePage') });

export const adminRoutes = [surveys, newSurvey, survey, queues, newQueue, queue, workforce, calendars, newCalendar, calendar, policies, newPolicy, policy, retention, imports, newImport, oneImport, fields, start, people, teams, roles, inboxes, newInbox, inbox, inboxSignIn, apiKeys, webhooks, newWebhook, webhook, signIn, audit, company];
