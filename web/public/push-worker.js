// Shows pushes while no page of Rapport is being looked at. It fetches and caches nothing.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('push', (event) => {
  const { title, number, tag } = event.data.json();
  event.waitUntil((async () => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    // Whoever sits in front of the page sees the bell.
    if (pages.some((page) => page.focused)) return;
    await registration.showNotification(title, { tag, icon: '/favicon.svg', data: { number } });
  })());
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const address = `/cases/open/${encodeURIComponent(event.notification.data.number)}`;
    const [page] = await clients.matchAll({ type: 'window' });
    if (!page) return clients.openWindow(address);
    await page.focus();
    return page.navigate(address);
  })());
});
