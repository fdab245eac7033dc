import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, onWayBack, timestamp, timeZone, wayBack, wayBackLimit } from './shapes.ts';

/** On the clock of the calendar's zone. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time as 09:00');
const closing = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time as 17:30, at the latest 24:00');
const day = z.iso.date();

/** From opening to closing. One that closes at or before the time it opens runs over midnight; 00:00 to 24:00 is the whole day. */
export const openSpan = z.object({ from: timeOfDay, until: closing }).refine(({ from, until }) => from !== until, 'It closes at another time than it opens; the whole day is 00:00 to 24:00');
export type OpenSpan = z.output<typeof openSpan>;

/** A day that is not as its weekday is: closed where it has no spans. The 29th of February comes round in leap years only. */
export const specialDay = z.object({ name: z.string().trim().min(1).max(100), day, isYearly: z.boolean(), spans: z.array(openSpan).max(12) });
export type SpecialDay = z.output<typeof specialDay>;

/** When work is done. A span belongs to the day on which it opens, so what runs over midnight into a holiday runs to its end. */
export const openHours = z.object({
  timeZone, /** From Monday to Sunday. */ week: z.array(z.array(openSpan).max(12)).length(7), specialDays: z.array(specialDay).max(500),
  /** The last day on which anything opens; null while nobody knows of an end. */ lastDay: day.nullable(),
});
export type OpenHours = z.output<typeof openHours>;

export const calendar = z.object({ id, name: z.string(), hours: openHours, version: z.number(), updatedAt: timestamp });
export type Calendar = z.output<typeof calendar>;

const onCalendar = z.object({ calendarId: id });
const written = z.object({ name: z.string().trim().min(1).max(100), hours: openHours });

export const calendars = {
  list: endpoint({ method: 'GET', path: '/calendars', tag: 'service levels', summary: 'The calendars of open hours, by name', access: 'case.read', response: z.object({ items: z.array(calendar) }) }),
  create: endpoint({ method: 'POST', path: '/calendars', tag: 'service levels', summary: 'Write a calendar', access: 'account.manage', status: 201, bodyLimit: 512 * 1024, body: written, response: calendar, problems: ['name_taken'] }),
  update: endpoint({
    method: 'PUT', path: '/calendars/:calendarId', tag: 'service levels', summary: 'Change a calendar', access: 'account.manage', params: onCalendar, bodyLimit: 512 * 1024,
    body: written.extend({ /** The one the change builds on. */ version: z.number().int() }), response: calendar, problems: ['name_taken', 'changed_meanwhile'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/calendars/:calendarId', tag: 'service levels', summary: 'Remove a calendar', access: 'account.manage', params: onCalendar, response: wayBack }),
  restore: endpoint({ method: 'POST', path: '/calendars/restore', tag: 'service levels', summary: 'Put back a calendar that was just removed', access: 'account.manage', bodyLimit: wayBackLimit, body: onWayBack, response: calendar, problems: ['undo_over', 'undone_already', 'name_taken'] }),
  preview: endpoint({
    method: 'POST', path: '/calendars/preview', tag: 'service levels', summary: 'When a promise would run out by hours that need not be saved', access: 'account.manage', bodyLimit: 512 * 1024,
    body: z.object({ hours: openHours, at: timestamp, minutes: z.number().int().min(1).max(525_600) }),
    response: z.object({ isOpen: z.boolean(), /** Null when it never opens again. */ nextOpening: timestamp.nullable(), /** Null when the calendar ends before. */ dueAt: timestamp.nullable() }),
  }),
};
