import { useSyncExternalStore } from 'react';

const LOOK_EVERY_MS = 30 * 60_000;
const REGISTER_AFTER_MS = 2000;

/** The build this page belongs to; `vite dev` has none. */
const build = document.querySelector('script[data-build]')?.getAttribute('data-build') ?? undefined;

let waiting: ServiceWorker | undefined;
let registration: ServiceWorkerRegistration | undefined;
const listeners = new Set<() => void>();

const buildOf = (worker: ServiceWorker) => new Promise<unknown>((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => resolve(event.data);
  worker.postMessage({ type: 'build' }, [port2]);
});

/** A worker that is ready: of this page's own build it takes over silently, of a newer one the person is asked. */
async function meet(worker: ServiceWorker): Promise<void> {
  if ((await buildOf(worker)) === build) return worker.postMessage({ type: 'take-over', build });
  waiting = worker;
  for (const listener of listeners) listener();
}

/** Tells the worker which parts this page has come with, so that they are there without a connection, too. */
async function handOver(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType('resource').map((entry) => new URL(entry.name)).filter((url) => url.origin === location.origin && url.pathname.startsWith('/assets/')).map((url) => url.pathname);
  active?.postMessage({ type: 'keep', files: [...new Set(files)], build });
}

/** A worker that is being set up. */
function watch(next: ServiceWorker | null): void {
  next?.addEventListener('statechange', () => {
    if (next.state === 'installed' && registration?.active) void meet(next);
    if (next.state === 'activated') void handOver();
  });
}

async function register(): Promise<void> {
  registration = await navigator.serviceWorker.register('/worker.js');
  registration.addEventListener('updatefound', () => watch(registration?.installing ?? null));
  // Going to a page makes the browser look by itself: it may have found something before anybody listened.
  watch(registration.installing);
  if (registration.waiting) void meet(registration.waiting);
  void handOver();
}

let hasBegun = false;
/** Keeps the workspace on the device, once the page that is looked at has arrived. Browsers that cannot, or may not, work as before. */
export function followWorker(): void {
  if (hasBegun || !build || !('serviceWorker' in navigator)) return;
  hasBegun = true;
  setTimeout(() => void register().catch(() => undefined), REGISTER_AFTER_MS);
  setInterval(lookForRelease, LOOK_EVERY_MS);
}

/** Asks whether the server has a newer build: after a lost connection it may have been away for an upgrade. */
export const lookForRelease = () => void registration?.update().catch(() => undefined);

/** Whether a newer build is on the device and waits to be shown. */
export function useHasNewRelease(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => waiting !== undefined);
}

/** Loads the page anew with the newer build. Drafts and what waits to be sent are on the device and stay there. */
export function showNewRelease(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage({ type: 'take-over' });
  // Another tab may have been faster.
  setTimeout(() => location.reload(), 3000);
}
