import { Button } from './button.tsx';

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The way to older rows of a list; nothing once all are there. */
export function MoreButton({ query, label }: { query: Paged; label: string }) {
  if (!query.hasNextPage) return null;
  return <div className="flex justify-center py-3"><Button icon="arrow-down" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{label}</Button></div>;
}
