/** The page comes with a sign that something is on its way (`#start` of index.html). It goes when the first page stands. */
export function endStartSign(): void {
  const root = document.getElementById('root');
  const watcher = new MutationObserver(() => {
    if (!root?.querySelector('main, h1')) return;
    watcher.disconnect();
    document.getElementById('start')?.remove();
  });
  if (root) watcher.observe(root, { childList: true, subtree: true });
}
