/**
 * Where to go after signing in: `next` when it is a page of ours, else the start. Anything that a browser would read as another site, such as
 * `//elsewhere` or `/\elsewhere`, leads to the start: a link to our sign-in must not become a way to somebody else's page.
 */
export function wayBack(next: string | undefined, origin = location.origin): string {
  if (!next?.startsWith('/')) return '/';
  try {
    const url = new URL(next, origin);
    if (url.origin !== origin || /^\/(sign-in|first-run)\b/.test(url.pathname)) return '/';
    return url.pathname + url.search + url.hash;
  } catch {
    return '/';
  }
}

const KEY = 'rapport.back';

/** Remembers where to go for the way over another site and back. */
export function keepBack(next: string | undefined): void {
  sessionStorage.setItem(KEY, wayBack(next));
}

/** Where to go after coming back; whatever else could write there, it leads to a page of ours. */
export function takeBack(): string {
  const kept = sessionStorage.getItem(KEY) ?? undefined;
  sessionStorage.removeItem(KEY);
  return wayBack(kept);
}
