// The one worker of the workspace. It keeps the workspace itself on the device, so that it opens without a connection, and shows pushes while
// nobody looks at a page. It never keeps nor answers what the server says about cases and people. `vite/shell.ts` fills in the next three lines.
const BUILD = '%BUILD%';
const SHELL = JSON.parse('%SHELL%');
const WORDS = JSON.parse('%WORDS%');

const PREFIX = 'rapport-shell-';
const NAME = PREFIX + BUILD;

/** The words of languages that were shown here before; a browser that is new here tells itself what it has used (`keep`). */
async function wordsInUse() {
  const used = new Set();
  for (const name of (await caches.keys()).filter((each) => each.startsWith(PREFIX))) {
    for (const { url } of await (await caches.open(name)).keys()) used.add(/\/assets\/([\w-]+)-[\w-]{8}\.js$/.exec(url)?.[1]);
  }
  return Object.keys(WORDS).filter((locale) => used.has(locale)).map((locale) => WORDS[locale]);
}

addEventListener('install', (event) => event.waitUntil((async () => {
  const page = await fetch('/', { cache: 'no-store' });
  // While the server is being replaced, page and parts may be of different builds: try again another time.
  if (!page.ok || !(await page.clone().text()).includes(`data-build="${BUILD}"`)) throw new Error('Another build is being served.');
  const cache = await caches.open(NAME);
  await cache.put('/', page);
  await cache.addAll([...SHELL, ...(await wordsInUse())]);
})()));

addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  await registration.navigationPreload?.enable();
  await clients.claim();
})()));

addEventListener('message', (event) => {
  const { type, files, build } = event.data;
  if (type === 'build') event.ports[0]?.postMessage(BUILD);
  // From a page that shows this build already, or one whose person has said yes.
  if (type === 'take-over' && (build === undefined || build === BUILD)) event.waitUntil(skipWaiting());
  if (type === 'keep' && build === BUILD) {
    event.waitUntil((async () => {
      const cache = await caches.open(NAME);
      for (const file of files) if (file.startsWith('/assets/') && !(await cache.match(file))) await cache.add(file).catch(() => undefined);
    })());
  }
});

async function part(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') await (await caches.open(NAME)).put(request, answer.clone());
  return answer;
}

/** From the server as long as it answers: what is kept is for the time without. */
async function page(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    // A proxy in front of a server that is away.
    if (![502, 503, 504].includes(answer.status)) return answer;
    return (await caches.match('/', { cacheName: NAME })) ?? answer;
  } catch (error) {
    const kept = await caches.match('/', { cacheName: NAME });
    if (kept) return kept;
    throw error;
  }
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || /^\/(api|health)(\/|$)/.test(pathname)) return;
  // A customer's panel, tried out in the same browser, is none of ours.
  if (new URL(request.url).pathname.startsWith('/chat/')) return undefined;
  if (request.mode === 'navigate') return event.respondWith(page(event));
  if (pathname.startsWith('/assets/')) return event.respondWith(part(request));
  if (SHELL.includes(pathname)) event.respondWith(fetch(request).catch(async (error) => (await caches.match(request, { ignoreVary: true })) ?? Promise.reject(error)));
});

addEventListener('push', (event) => {
  const { title, number, tag } = event.data.json();
  event.waitUntil((async () => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    // Whoever sits in front of the page sees the bell.
    if (pages.some((each) => each.focused)) return;
    await registration.showNotification(title, { tag, icon: '/icons/192.png', badge: '/icons/192.png', data: { number } });
  })());
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const address = `/cases/open/${encodeURIComponent(event.notification.data.number)}`;
    const [first] = await clients.matchAll({ type: 'window' });
    if (!first) return clients.openWindow(address);
    await first.focus();
    return first.navigate(address);
  })());
});
