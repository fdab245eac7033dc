import type { ImportRun } from '@rapport/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../../data/client.ts';

export const isMoving = ({ state }: Pick<ImportRun, 'state'>): boolean => state === 'checking' || state === 'running' || state === 'removing';
const SOON_MS = 1_000;

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => client.imports.list({ query: { limit: 50 }, signal }),
  select: (answer) => answer.items,
  refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? 2 * SOON_MS : false),
});
export const importQuery = (importId: string) => queryOptions({
  queryKey: ['import', importId],
  queryFn: ({ signal }) => client.imports.get({ params: { importId }, signal }),
  // An upload may go on in another tab.
  refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? SOON_MS : state.data?.state === 'uploading' ? 5 * SOON_MS : false),
});
export const oddQuery = (importId: string, state: ImportRun['state']) => infiniteQueryOptions({
  queryKey: ['import-odd', importId, state],
  queryFn: ({ pageParam, signal }) => client.imports.listOdd({ params: { importId }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});
