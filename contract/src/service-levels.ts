import { z } from 'zod';
import { wantedField } from './case-fields.ts';
import { caseKind } from './case-kinds.ts';
import { casePriority } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { clockKind } from './service-clocks.ts';
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
  create: endpoint({ method: 'POST', path: '/calendars', tag: 'service levels', summary: 'Write a calendar', access: 'service_level.manage', status: 201, bodyLimit: 512 * 1024, body: written, response: calendar, problems: ['name_taken'] }),
  update: endpoint({
    method: 'PUT', path: '/calendars/:calendarId', tag: 'service levels', summary: 'Change a calendar', access: 'service_level.manage', params: onCalendar, bodyLimit: 512 * 1024,
    body: written.extend({ /** The one the change builds on. */ version: z.number().int() }), response: calendar, problems: ['name_taken', 'changed_meanwhile'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/calendars/:calendarId', tag: 'service levels', summary: 'Remove a calendar', access: 'service_level.manage', params: onCalendar, response: wayBack, problems: ['still_in_use'] }),
  restore: endpoint({ method: 'POST', path: '/calendars/restore', tag: 'service levels', summary: 'Put back a calendar that was just removed', access: 'service_level.manage', bodyLimit: wayBackLimit, body: onWayBack, response: calendar, problems: ['undo_over', 'undone_already', 'name_taken'] }),
  preview: endpoint({
    method: 'POST', path: '/calendars/preview', tag: 'service levels', summary: 'When a promise would run out by hours that need not be saved', access: 'service_level.manage', bodyLimit: 512 * 1024,
    body: z.object({ hours: openHours, at: timestamp, minutes: z.number().int().min(1).max(525_600) }),
    response: z.object({ isOpen: z.boolean(), /** Null when it never opens again. */ nextOpening: timestamp.nullable(), /** Null when the calendar ends before. */ dueAt: timestamp.nullable() }),
  }),
};

const some = <T extends z.ZodType>(of: T, most = 50) => z.array(of).min(1).max(most).optional();

/** Which cases a policy is for: everything that is given must fit, of a list any one. Nothing given: every case. */
export const policyConditions = z.object({
  inboxes: some(id), /** `none` is a case of no team. */ teams: some(z.union([z.literal('none'), id])), priorities: some(casePriority), kinds: some(caseKind),
  /** Values of the account's own fields: of the customer, and of the customer's organization; all of them. */ customerFields: some(wantedField, 10), organizationFields: some(wantedField, 10),
});
export type PolicyConditions = z.output<typeof policyConditions>;

const openMinutes = z.number().int().min(1).max(525_600);
/** In open minutes; null promises nothing. */
export const policyTargets = z.object({ firstResponse: openMinutes.nullable(), nextResponse: openMinutes.nullable(), resolution: openMinutes.nullable() })
  .refine((targets) => Object.values(targets).some((minutes) => minutes !== null), 'Promise at least one of them');
export type PolicyTargets = z.output<typeof policyTargets>;

/** When it is told that something will be due: so many open minutes before, or when so much of the time has passed. */
export const policyWarning = z.union([z.object({ minutesBefore: openMinutes }), z.object({ percent: z.number().int().min(1).max(99) })]);
export type PolicyWarning = z.output<typeof policyWarning>;

/** Whose turn it is while the clocks stand still: the customer's, somebody else's, nobody's until it wakes. */
export const clockPauses = ['pending', 'on_hold', 'snoozed'] as const;
export const clockPause = z.enum(clockPauses);
export type ClockPause = z.output<typeof clockPause>;

export const policyContent = z.object({
  conditions: policyConditions, /** Whose open minutes count; null for round the clock. */ calendarId: id.nullable(), targets: policyTargets, /** Null for no warning. */ warning: policyWarning.nullable(),
  pausedBy: z.array(clockPause).max(3).default(['pending', 'snoozed']),
});
export type PolicyContent = z.output<typeof policyContent>;

export const servicePolicy = z.object({ id, name: z.string(), content: policyContent, version: z.number(), updatedAt: timestamp });
export type ServicePolicy = z.output<typeof servicePolicy>;

/** How far the open cases are brought to what policies and calendars say now. */
export const recount = z.object({ done: z.number(), total: z.number(), isOver: z.boolean() });

/** One promise on a case. */
export const serviceClock = z.object({
  kind: clockKind, policyId: id, /** As it was called when the clock was last set. */ policyName: z.string(), /** Null for round the clock. */ calendarName: z.string().nullable(), minutes: z.number(), startedAt: timestamp,
  /** Null while it stands still, and when the calendar ends before the promise does. */ dueAt: timestamp.nullable(), warnAt: timestamp.nullable(),
  /** Since when it stands still. */ pausedAt: timestamp.nullable(), /** Open minutes left while it stands still. */ minutesLeft: z.number().nullable(), metAt: timestamp.nullable(), isBreached: z.boolean(),
});
export type ServiceClock = z.output<typeof serviceClock>;

const onPolicy = z.object({ policyId: id });
const writtenPolicy = z.object({ name: z.string().trim().min(1).max(100), content: policyContent });

/** What is promised to whom. Of the policies a case fits, the first in their order holds. */
export const servicePolicies = {
  list: endpoint({ method: 'GET', path: '/service-policies', tag: 'service levels', summary: 'The policies in their order', access: 'case.read', response: z.object({ items: z.array(servicePolicy), /** Null before the first policy. */ recount: recount.nullable() }) }),
  create: endpoint({ method: 'POST', path: '/service-policies', tag: 'service levels', summary: 'Write a policy; it comes last', access: 'service_level.manage', status: 201, body: writtenPolicy, response: servicePolicy, problems: ['name_taken'] }),
  update: endpoint({
    method: 'PUT', path: '/service-policies/:policyId', tag: 'service levels', summary: 'Change a policy', access: 'service_level.manage', params: onPolicy,
    body: writtenPolicy.extend({ /** The one the change builds on. */ version: z.number().int() }), response: servicePolicy, problems: ['name_taken', 'changed_meanwhile'],
  }),
  order: endpoint({ method: 'PUT', path: '/service-policies/order', tag: 'service levels', summary: 'Put the policies into this order; those left out come behind', access: 'service_level.manage', body: z.object({ policyIds: z.array(id).max(100) }) }),
  remove: endpoint({ method: 'DELETE', path: '/service-policies/:policyId', tag: 'service levels', summary: 'Remove a policy', access: 'service_level.manage', params: onPolicy, response: wayBack }),
  restore: endpoint({ method: 'POST', path: '/service-policies/restore', tag: 'service levels', summary: 'Put back a policy that was just removed', access: 'service_level.manage', bodyLimit: wayBackLimit, body: onWayBack, response: servicePolicy, problems: ['undo_over', 'undone_already', 'name_taken'] }),
  clocks: endpoint({ method: 'GET', path: '/cases/:caseId/clocks', tag: 'service levels', summary: 'What was promised on a case: what runs first, by when it is due, then what is over', access: 'case.read', params: z.object({ caseId: id }), response: z.object({ items: z.array(serviceClock) }) }),
};
