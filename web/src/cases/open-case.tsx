import { Suspense, type ComponentProps } from 'react';
import { lazyPart, prefetchPart } from '../data/lazy-part.ts';
import { Skeleton } from '../ui/skeleton.tsx';

/** What an open case is drawn with. Fetched while the list is on its way, so that it is there before anybody has chosen a case. */
const loadPane = () => import('./case-pane.tsx');
const loadContext = () => import('./context-pane.tsx');
prefetchPart(loadPane);
prefetchPart(loadContext);

const Pane = lazyPart(async () => (await loadPane()).CasePane);
const Context = lazyPart(async () => (await loadContext()).ContextPane);

export function PaneSkeleton() {
  return <div aria-busy="true" className="flex h-full grow flex-col gap-3 bg-canvas p-6"><Skeleton className="h-4 w-1/2" /><Skeleton className="h-3 w-1/4" /></div>;
}

export const CasePane = (props: ComponentProps<typeof Pane>) => <Suspense fallback={<PaneSkeleton />}><Pane {...props} /></Suspense>;
export const ContextPane = (props: ComponentProps<typeof Context>) => <Suspense fallback={<div aria-busy="true" className="h-full w-full shrink-0 bg-surface md:w-71 md:border-s md:border-line" />}><Context {...props} /></Suspense>;
export const prepareWriting = () => void loadPane().then((pane) => pane.prepareWriting(), () => undefined);
