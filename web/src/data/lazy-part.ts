import { lazyRouteComponent } from '@tanstack/react-router';
import { lazy, type ComponentType } from 'react';
import { withPageWords } from '../i18n/index.ts';
import { untilReached } from './reach.ts';

/** How browsers say that a file did not arrive; one that arrived and is broken says something else. */
const HAS_NOT_ARRIVED = /dynamically imported module|importing a module script failed|unable to preload/i;
const MOST_TRIES = 4;

/**
 * Fetches a part of the workspace; while the server is away it waits for it. A failure would otherwise stay with the part until the page is loaded anew, and take
 * the whole page with it.
 *
 * Throws when the part does not come although the server answers: it went with an older build, or the browser is one of those that remember a failed import.
 * Then only a new page helps, and `app/new-release.ts` or the error page sees to it.
 */
export async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch (error) {
      if (tries === MOST_TRIES || !HAS_NOT_ARRIVED.test(String(error))) throw error;
      await untilReached();
    }
  }
}

/** Fetches a part before it is needed. Whether it comes is found out when it is. */
export const prefetchPart = (load: () => Promise<unknown>): void => void load().catch(() => undefined);

/** A part of a page that is fetched when it is first drawn; stands in a `Suspense`. */
// oxlint-disable-next-line typescript/no-explicit-any -- What it is given is known where it is drawn.
export const lazyPart = <Part extends ComponentType<any>>(load: () => Promise<Part>) => lazy(async () => ({ default: await fetchPart(load) }));

/** A page beyond the desk, fetched with its words when it is first visited; the page before it stays until then. */
export const lazyPage: typeof lazyRouteComponent = (load, name) => startPage(() => withPageWords(load), name);

/** The same for the pages that most days begin with, whose words every start loads. */
export const startPage: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => fetchPart(load), name);
