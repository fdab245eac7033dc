import { createRoute, redirect, retainSearchParams } from '@tanstack/react-router';
import { startPage, prefetchPart } from '../data/lazy-part.ts';
import { workspaceRoute } from '../app/root.tsx';
import { isView } from '../data/views.ts';
import { hasRoomForViewsNow } from '../ui/use-media.ts';

const loadDesk = () => import('./desk.tsx');
// Fetched beside the session instead of after it, when that is where the page leads; what an open case is drawn with, too.
if (/^\/(cases(\/|$)|$)/.test(location.pathname)) prefetchPart(loadDesk);
if (/^\/cases\/[^/]+\/\d/.test(location.pathname)) prefetchPart(() => import('./case-pane.tsx'));

const desk = createRoute({
  getParentRoute: () => workspaceRoute, path: '/cases', component: startPage(loadDesk, 'Desk'),
  // The case beside the open one stays while one leafs through the list.
  validateSearch: ({ beside }: Record<string, unknown>): { beside?: number | undefined } => (Number.isSafeInteger(beside) && (beside as number) > 0 ? { beside: beside as number } : {}),
  search: { middlewares: [retainSearchParams(['beside'])] },
});

const views = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    // A narrow window begins with the views; where they stand beside the list, it shows my own.
    if (hasRoomForViewsNow()) throw redirect({ to: '/cases/$view', params: { view: 'mine' }, replace: true });
  },
});
const checkView = ({ params }: { params: { view: string } }) => {
  if (!isView(params.view)) throw redirect({ to: '/cases/$view', params: { view: 'mine' }, replace: true });
};
const list = createRoute({ getParentRoute: () => desk, path: '/$view', beforeLoad: ({ params }) => checkView({ params }) });
/** Where a search leads within the case, and what it looked for. */
const readFound = ({ entry, find }: Record<string, unknown>): { entry?: string; find?: string } => (typeof entry === 'string' ? { entry, ...(find === undefined ? {} : { find: String(find) }) } : {});
const open = createRoute({ getParentRoute: () => desk, path: '/$view/$number', validateSearch: readFound, beforeLoad: ({ params }) => checkView({ params }) });

export const casesRoute = desk.addChildren([views, list, open]);
