import type { Offer } from '@rapport/contract';
import { notificationSettingsQuery } from '../data/notifications.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { claim } from '../notifications/claim.ts';
import { canSound, playSound, readSound } from '../notifications/sound.ts';
import { aboutWord } from './words.ts';

/**
 * Speaks up for an offer, once in this browser, as the agent chose for what is assigned to them. Unlike other news it sounds with the page in front, too: somebody waits, and the seconds run.
 * Nothing is told while notifications are paused.
 */
export async function tellOfOffer(offer: Offer): Promise<void> {
  if (!(await claim(`offer ${offer.id}`))) return;
  const settings = await queryClient.ensureQueryData(notificationSettingsQuery).catch(() => undefined);
  if (!settings || (settings.pausedUntil !== null && Date.parse(settings.pausedUntil) > Date.now())) return;
  const ways = settings.choices.events.assigned;
  const sound = readSound();
  if (ways.sound && sound.isOn && canSound()) playSound(sound);
  if (!ways.list || document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') return;
  const notice = new Notification(t('offer.title'), { body: `${offer.item.about.queueName} · ${offer.item.about.customerName ?? aboutWord(offer.item)}`, tag: `offer ${offer.id}` });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
  setTimeout(() => notice.close(), Math.max(0, Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt)));
}
