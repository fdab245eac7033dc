const KEY = 'rapport.reloaded-at';
const PAUSE_MS = 30_000;

/**
 * After an upgrade of the server, a page that is still open asks for parts that are gone. It is loaded anew: drafts and unsent deeds are kept on the device,
 * so nothing is lost. Not while offline, and not twice in a row.
 */
export function followReleases(): void {
  addEventListener('vite:preloadError', (event) => {
    const before = Number(sessionStorage.getItem(KEY) ?? 0);
    if (!navigator.onLine || Date.now() - before < PAUSE_MS) return;
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  });
}
