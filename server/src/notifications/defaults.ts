import { notificationChoices, notificationKinds, type NotificationChoices, type NotificationKind, type NotificationWays } from '@rapport/contract';

const quietly: NotificationWays = { list: true, sound: false, push: false, mail: 'never', scope: 'own' };
const aloud: NotificationWays = { ...quietly, sound: true, push: true };
const off: NotificationWays = { ...quietly, list: false };

const events: Record<NotificationKind, NotificationWays> = {
  new_case: { ...quietly, scope: 'team' }, message_own: { ...aloud }, message_followed: { ...quietly }, message_other: { ...off, scope: 'team' }, assigned: { ...aloud }, mentioned: { ...aloud, mail: 'hourly' }, snoozed_reply: { ...aloud }, snooze_over: { ...aloud },
  promise_due: { ...aloud }, promise_overdue: { ...aloud, mail: 'hourly' }, sla_warned: { ...aloud }, sla_breached: { ...aloud, mail: 'hourly' }, bad_answer: { ...aloud, mail: 'hourly' }, delivery_failed: { ...aloud, mail: 'hourly' }, plan_held: { ...aloud, mail: 'hourly' }, escalated: { ...aloud, mail: 'immediately' },
};

/** What holds for an agent who has chosen nothing: loud only where somebody waits for this very person. */
export const defaultChoices: NotificationChoices = { events, quiet: { isOn: false, from: '18:00', until: '08:00', days: [6, 7] }, isMailed: true, dailyAt: '08:00' };

/** Stored choices, with the default for every kind that did not exist yet when they were made. */
export function readChoices(stored: unknown): NotificationChoices {
  if (typeof stored !== 'object' || stored === null) return defaultChoices;
  const given = stored as Partial<NotificationChoices>;
  const merged = { ...defaultChoices, ...given, events: Object.fromEntries(notificationKinds.map((kind) => [kind, given.events?.[kind] ?? events[kind]])) };
  const read = notificationChoices.safeParse(merged);
  return read.success ? read.data : defaultChoices;
}
