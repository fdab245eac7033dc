import type { Notification as Told } from '@rapport/contract';
import { lookedAtCase } from '../data/presence.ts';
import { claim } from './claim.ts';
import { canSound, playSound, readSound } from './sound.ts';
import { wordsFor } from './words.ts';

/** Tabs that nobody looks at wait this long, so that the one somebody looks at comes first. */
const YIELD_MS = 250;
const shown = new Map<string, Notification>();
const tagOf = (told: Told) => `${told.kind}:${told.caseId}`;

async function takesPushes(): Promise<boolean> {
  const worker = await navigator.serviceWorker?.getRegistration('/').catch(() => undefined);
  return (await worker?.pushManager?.getSubscription().catch(() => null)) !== null && worker?.pushManager !== undefined;
}

/** Tells of something new in one tab of this browser; not at all where the case is being looked at. */
export async function alertTo(told: Told, open: (told: Told) => void): Promise<void> {
  const hasFocus = document.hasFocus();
  const isLookedAt = hasFocus && lookedAtCase() === told.caseId;
  if (!hasFocus) await new Promise((resolve) => setTimeout(resolve, YIELD_MS));
  if (isLookedAt) {
    await Promise.all([claim(`show ${told.id}`), claim(`sound ${told.id}`)]);
    return;
  }
  const sound = readSound();
  if (told.isSounded && sound.isOn && canSound() && (await claim(`sound ${told.id}`)) && (!hasFocus || sound.isAlsoFocused)) playSound(sound);
  if (!told.isShown || !(await claim(`show ${told.id}`)) || hasFocus) return;
  if (!('Notification' in window) || Notification.permission !== 'granted' || (await takesPushes())) return;
  const notice = new Notification(wordsFor(told), { body: `${told.customerName} · ${told.subject}`, tag: tagOf(told) });
  shown.set(told.id, notice);
  notice.onclick = () => {
    window.focus();
    notice.close();
    open(told);
  };
}

/** Takes away what has been read meanwhile, here or on another device. */
export async function closeRead(unread: readonly Told[]): Promise<void> {
  const ids = new Set(unread.map((told) => told.id));
  for (const [id, notice] of shown) {
    if (ids.has(id)) continue;
    notice.close();
    shown.delete(id);
  }
  const tags = new Set(unread.map(tagOf));
  const worker = await navigator.serviceWorker?.getRegistration('/').catch(() => undefined);
  for (const notice of (await worker?.getNotifications().catch(() => [])) ?? []) if (!tags.has(notice.tag)) notice.close();
}
