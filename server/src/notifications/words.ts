import type { NotificationKind } from '@rapport/contract';

type Words = (about: { number: number; count: number }) => string;

const en: Record<NotificationKind, Words> = {
  new_case: ({ number }) => `New case #${number}`,
  message_own: ({ number, count }) => (count > 1 ? `${count} new messages on #${number}` : `New message on your case #${number}`),
  message_followed: ({ number, count }) => (count > 1 ? `${count} new messages on #${number}` : `New message on #${number}, which you follow`),
  message_other: ({ number, count }) => (count > 1 ? `${count} new messages on #${number}` : `New message on #${number}`),
  assigned: ({ number }) => `#${number} was assigned to you`,
  mentioned: ({ number }) => `You were mentioned on #${number}`,
  snoozed_reply: ({ number }) => `The customer replied on #${number}, which was snoozed`,
  snooze_over: ({ number }) => `#${number} is back from its snooze`,
  promise_due: ({ number }) => `A promise on #${number} falls due soon`,
  promise_overdue: ({ number }) => `A promise on #${number} is overdue`,
  sla_warned: ({ number }) => `#${number} is due soon`,
  sla_breached: ({ number }) => `#${number} is overdue`,
  bad_answer: ({ number }) => `The customer of #${number} was not content`,
  delivery_failed: ({ number }) => `A message on #${number} was not delivered`,
  plan_held: ({ number }) => `A planned answer on #${number} was held back`,
  escalated: ({ number }) => `Nobody has looked at #${number}`,
};
const de: Record<NotificationKind, Words> = {
  new_case: ({ number }) => `Neuer Fall #${number}`,
  message_own: ({ number, count }) => (count > 1 ? `${count} neue Nachrichten in #${number}` : `Neue Nachricht in Ihrem Fall #${number}`),
  message_followed: ({ number, count }) => (count > 1 ? `${count} neue Nachrichten in #${number}` : `Neue Nachricht in #${number}, dem Sie folgen`),
  message_other: ({ number, count }) => (count > 1 ? `${count} neue Nachrichten in #${number}` : `Neue Nachricht in #${number}`),
  assigned: ({ number }) => `#${number} wurde Ihnen zugewiesen`,
  mentioned: ({ number }) => `Sie wurden in #${number} erwähnt`,
  snoozed_reply: ({ number }) => `Antwort in Fall #${number}, der schlummerte`,
  snooze_over: ({ number }) => `#${number} ist wieder wach`,
  promise_due: ({ number }) => `Eine Zusage in #${number} ist bald fällig`,
  promise_overdue: ({ number }) => `Eine Zusage in #${number} ist überfällig`,
  sla_warned: ({ number }) => `#${number} ist bald fällig`,
  sla_breached: ({ number }) => `#${number} ist überfällig`,
  bad_answer: ({ number }) => `Der Kunde von #${number} war nicht zufrieden`,
  delivery_failed: ({ number }) => `Eine Nachricht in #${number} wurde nicht zugestellt`,
  plan_held: ({ number }) => `Eine geplante Antwort in #${number} wurde zurückgehalten`,
  escalated: ({ number }) => `Niemand hat sich #${number} angesehen`,
};

/** What happened, in the agent's language: numbers only, nothing that a customer wrote. */
export function wordsFor(kind: NotificationKind, locale: string, about: { number: number; count: number }): string {
  return (locale === 'de' ? de : en)[kind](about);
}
