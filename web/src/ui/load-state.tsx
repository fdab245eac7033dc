import type { ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { Skeleton } from './skeleton.tsx';

interface Loading<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface Props<T> {
  query: Loading<T>;
  /** The words for an error. */
  explain: (error: unknown) => string;
  /** What stands there until the first answer. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Lines in the shape of a list of people or things. */
export function ListSkeleton({ rows = 4 }: { rows?: number }) {
  return (
    <div className="divide-y divide-line rounded-lg border border-line bg-surface">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex items-center gap-3 px-4 py-3.5">
          <Skeleton className="size-9 rounded-full" />
          <div className="flex grow flex-col gap-2"><Skeleton className={`h-4 ${index % 2 ? 'w-40' : 'w-52'}`} /><Skeleton className="h-3 w-64 max-w-full" /></div>
        </div>
      ))}
    </div>
  );
}

/** The three faces of what is fetched: on its way, failed with a way to try again, and there. Old data stays while new is fetched. */
export function LoadState<T>({ query, explain, skeleton = <ListSkeleton />, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <div className="rounded-lg border border-line bg-surface"><EmptyState icon="cloud-off" tone="clay" title={t('ui.loadFailed')} action={<Button icon="rotate-ccw" onClick={() => void query.refetch()}>{t('ui.retry')}</Button>}>{explain(query.error)}</EmptyState></div>;
  return <div aria-busy="true">{skeleton}</div>;
}
