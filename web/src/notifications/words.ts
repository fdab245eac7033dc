import type { Notification } from '@rapport/contract';
import { t } from '../i18n/index.ts';

/** What happened, as one line. */
export function wordsFor({ kind, number, count, byName }: Notification): string {
  if (count > 1 && kind.startsWith('message_')) return t('notifications.burst', { count, number });
  if (kind === 'mentioned' || kind === 'assigned') return t(`notifications.told.${kind}`, { number, name: byName });
  return t(`notifications.told.${kind}`, { number });
}
