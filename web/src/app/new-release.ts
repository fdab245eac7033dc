const KEY = 'rapport.reloaded-at';
const PAUSE_MS = 30_000;

/** Whether the server serves another build than this page is of. A server that is away, or is merely slow, is no reason to leave the page. */
async function isReplaced(): Promise<boolean> {
  const own = document.querySelector('script[data-build]')?.getAttribute('data-build');
  const page = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } }).then((answer) => (answer.ok ? answer.text() : ''), () => '');
  const served = /data-build="(\w+)"/.exec(page)?.[1];
  return served !== undefined && served !== own;
}

/**
 * After an upgrade of the server, a page that is still open asks for parts that are gone. It is loaded anew: drafts and unsent deeds are kept on the device,
 * so nothing is lost. Not while the server is away, and not twice in a row.
 */
export function followReleases(): void {
  addEventListener('vite:preloadError', () => {
    const before = Number(sessionStorage.getItem(KEY) ?? 0);
    if (!navigator.onLine || Date.now() - before < PAUSE_MS) return;
    void isReplaced().then((is) => {
      if (!is) return;
      sessionStorage.setItem(KEY, String(Date.now()));
      location.reload();
    });
  });
}
