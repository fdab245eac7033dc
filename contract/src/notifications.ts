import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, pageOf, paging, timestamp } from './shapes.ts';

/** What an agent can be told of. Of one event everybody is told as one kind only. */
export const notificationKinds = ['new_case', 'message_own', 'message_followed', 'message_other', 'assigned', 'mentioned', 'snoozed_reply', 'snooze_over', 'promise_due', 'promise_overdue', 'sla_warned', 'sla_breached', 'bad_answer', 'delivery_failed', 'plan_held', 'escalated'] as const;
export const notificationKind = z.enum(notificationKinds);
export type NotificationKind = z.output<typeof notificationKind>;

/** For these the agent chooses how far they look: their own cases (assigned or followed), those of their teams too, or every case they may see. */
export const scopedKinds = ['new_case', 'message_other', 'snoozed_reply', 'snooze_over', 'promise_due', 'promise_overdue', 'sla_warned', 'sla_breached', 'bad_answer', 'delivery_failed', 'plan_held'] as const satisfies readonly NotificationKind[];

export const notificationWays = z.object({
  /** In the list, and as a notification of the browser. */ list: z.boolean(), sound: z.boolean(), /** Also where no page is open. */ push: z.boolean(), mail: z.enum(['never', 'immediately', 'hourly', 'daily']), scope: z.enum(['own', 'team', 'all']),
});
export type NotificationWays = z.output<typeof notificationWays>;

/** As `18:30`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const timeZoneName = z.string().max(60);

export const notificationChoices = z.object({
  events: z.object(Object.fromEntries(notificationKinds.map((kind) => [kind, notificationWays])) as Record<NotificationKind, typeof notificationWays>),
  /** From `from` until `until`, over midnight where that is earlier; and all day on `days` (1 Monday to 7 Sunday). */ quiet: z.object({ isOn: z.boolean(), from: timeOfDay, until: timeOfDay, days: z.array(z.number().int().min(1).max(7)).max(7) }),
  /** No mail at all when false, whatever the events say. */ isMailed: z.boolean(), /** When the daily mail comes. */ dailyAt: timeOfDay,
});
export type NotificationChoices = z.output<typeof notificationChoices>;

export const notificationSettings = z.object({ choices: notificationChoices, /** Null until a browser has said. */ timeZone: timeZoneName.nullable(), pausedUntil: timestamp.nullable() });
export type NotificationSettings = z.output<typeof notificationSettings>;

export const notification = z.object({
  /** A new one whenever something is added to the group. */ id, kind: notificationKind, caseId: id, number: z.number(), subject: z.string(), customerName: z.string(), entryId: id.nullable(), byName: z.string(), /** How many events it stands for. */ count: z.number(), at: timestamp, isUnread: z.boolean(),
  /** Whether a browser may show it by itself. */ isShown: z.boolean(), isSounded: z.boolean(),
});
export type Notification = z.output<typeof notification>;

export const pushSubscription = z.object({ id, client: z.string(), createdAt: timestamp, /** Of the session that asks. */ isHere: z.boolean() });
/** What a push carries: no word of a customer, no name. */
export const pushPayload = z.object({ title: z.string(), number: z.number(), tag: z.string() });
export type PushPayload = z.output<typeof pushPayload>;

export const teamEscalation = z.object({ /** Null: nothing is escalated. */ afterMinutes: z.number().int().min(1).max(10_080).nullable(), /** After the first step; null: there is none. */ thenMinutes: z.number().int().min(1).max(10_080).nullable() });
export type TeamEscalation = z.output<typeof teamEscalation>;

const onTeam = z.object({ teamId: id });

export const notifications = {
  list: endpoint({
    method: 'GET', path: '/notifications', tag: 'notifications', summary: 'What this agent was told of, newest first', access: 'case.read', query: z.object({ unread: z.enum(['1']).optional(), ...paging }), response: z.object({ ...pageOf(notification).shape, unread: z.number() }),
  }),
  read: endpoint({
    method: 'PUT', path: '/notifications/read', tag: 'notifications', summary: 'This agent has read notifications: some, those of a case, or all', access: 'case.read', body: z.object({ notificationIds: z.array(id).max(100).optional(), caseId: id.optional() }), response: z.object({ unread: z.number() }),
  }),
  getSettings: endpoint({ method: 'GET', path: '/notification-settings', tag: 'notifications', summary: 'How this agent wants to be told', access: 'case.read', response: notificationSettings }),
  saveSettings: endpoint({
    method: 'PUT', path: '/notification-settings', tag: 'notifications', summary: 'Choose how to be told, and when not', access: 'case.read', body: z.object({ choices: notificationChoices, timeZone: timeZoneName }), response: notificationSettings,
  }),
  pause: endpoint({ method: 'PUT', path: '/notification-settings/pause', tag: 'notifications', summary: 'Be told of nothing until a time; null ends it', access: 'case.read', body: z.object({ until: timestamp.nullable() }), response: notificationSettings }),
  pushKey: endpoint({ method: 'GET', path: '/push-key', tag: 'notifications', summary: 'The public key for which a browser subscribes to pushes', access: 'case.read', response: z.object({ publicKey: z.string() }) }),
  listSubscriptions: endpoint({ method: 'GET', path: '/push-subscriptions', tag: 'notifications', summary: 'The browsers in which this agent takes pushes', access: 'session', response: z.object({ items: z.array(pushSubscription) }) }),
  subscribe: endpoint({
    method: 'POST', path: '/push-subscriptions', tag: 'notifications', summary: 'Take pushes in this browser, for as long as its session lasts', access: 'session', status: 201,
    body: z.object({ endpoint: z.url().max(2000), p256dh: z.string().min(1).max(200), auth: z.string().min(1).max(100) }), response: pushSubscription,
  }),
  unsubscribe: endpoint({ method: 'DELETE', path: '/push-subscriptions/:subscriptionId', tag: 'notifications', summary: 'Take pushes there no more', access: 'session', params: z.object({ subscriptionId: id }) }),
  stopMail: endpoint({
    method: 'POST', path: '/notification-mail/stop', tag: 'notifications', summary: 'No more mail about notifications, by the link in one', access: 'public', body: z.object({ token: z.string().min(1).max(200) }), problems: ['link_expired'], limit: { per: 'address', max: 30, windowSeconds: 60 },
  }),
  getEscalation: endpoint({ method: 'GET', path: '/teams/:teamId/escalation', tag: 'notifications', summary: 'When a team’s lead is told of what nobody looked at', access: 'agent.read', params: onTeam, response: teamEscalation }),
  setEscalation: endpoint({ method: 'PUT', path: '/teams/:teamId/escalation', tag: 'notifications', summary: 'Say when', access: 'agent.manage', params: onTeam, body: teamEscalation, response: teamEscalation }),
  acknowledge: endpoint({
    method: 'POST', path: '/cases/:caseId/acknowledgement', tag: 'notifications', summary: 'Somebody looks after it: nothing more about this case is escalated', access: 'case.read', params: z.object({ caseId: id }), response: z.object({ acknowledged: z.number() }),
  }),
};
