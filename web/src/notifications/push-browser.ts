import { client } from '../data/client.ts';

export const canPush = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window && isSecureContext;

/** This browser's own subscription, if it has one. */
export async function ownSubscription(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration('/');
  return (await worker?.pushManager.getSubscription()) ?? null;
}

const bytesOf = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/** Asks for the permission, subscribes, and tells the server. Throws when the person or the browser says no. */
export async function takePushes(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied');
  const { publicKey } = await client.notifications.pushKey();
  await navigator.serviceWorker.register('/worker.js');
  const worker = await navigator.serviceWorker.ready;
  // One that was made for another key of the company would be in the way.
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) });
  const { endpoint, keys } = subscription.toJSON();
  await client.notifications.subscribe({ body: { endpoint: endpoint ?? '', p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' } });
}

/** Ends pushes in a browser; in this one the browser forgets, too. */
export async function endPushes(subscriptionId: string, isHere: boolean): Promise<void> {
  if (isHere) await (await ownSubscription())?.unsubscribe();
  await client.notifications.unsubscribe({ params: { subscriptionId } });
}
