import { calendars, servicePolicies } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { listClocks } from './clocks/list-clocks.ts';
import { createCalendar, listCalendars, previewHours, removeCalendar, restoreCalendar, updateCalendar } from './hours/calendars.ts';
import { createPolicy, listPolicies, orderPolicies, removePolicy, restorePolicy, updatePolicy } from './policies/policies.ts';

export const routes: Route[] = [
  verb(calendars.list, (ctx) => listCalendars(ctx)),
  verb(calendars.create, (ctx, { body }) => createCalendar(ctx, body)),
  verb(calendars.update, (ctx, { params, body }) => updateCalendar(ctx, { ...params, ...body })),
  verb(calendars.remove, (ctx, { params }) => removeCalendar(ctx, params.calendarId)),
  verb(calendars.restore, (ctx, { body }) => restoreCalendar(ctx, body.wayBack)),
  verb(calendars.preview, async (_, { body }) => previewHours(body)),
  verb(servicePolicies.list, (ctx) => listPolicies(ctx)),
  verb(servicePolicies.create, (ctx, { body }) => createPolicy(ctx, body)),
  verb(servicePolicies.order, (ctx, { body }) => orderPolicies(ctx, body.policyIds)),
  verb(servicePolicies.update, (ctx, { params, body }) => updatePolicy(ctx, { ...params, ...body })),
  verb(servicePolicies.remove, (ctx, { params }) => removePolicy(ctx, params.policyId)),
  verb(servicePolicies.restore, (ctx, { body }) => restorePolicy(ctx, body.wayBack)),
  verb(servicePolicies.clocks, (ctx, { params }) => listClocks(ctx, params.caseId)),
];
