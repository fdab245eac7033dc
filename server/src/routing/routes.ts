import { calendars } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { createCalendar, listCalendars, previewHours, removeCalendar, restoreCalendar, updateCalendar } from './hours/calendars.ts';

export const routes: Route[] = [
  verb(calendars.list, (ctx) => listCalendars(ctx)),
  verb(calendars.create, (ctx, { body }) => createCalendar(ctx, body)),
  verb(calendars.update, (ctx, { params, body }) => updateCalendar(ctx, { ...params, ...body })),
  verb(calendars.remove, (ctx, { params }) => removeCalendar(ctx, params.calendarId)),
  verb(calendars.restore, (ctx, { body }) => restoreCalendar(ctx, body.wayBack)),
  verb(calendars.preview, async (_, { body }) => previewHours(body)),
];
