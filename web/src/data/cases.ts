import { openingEntries, type CaseDetail, type CaseRow, type Entry, type FieldValue } from '@rapport/contract';
import { infiniteQueryOptions, queryOptions, type InfiniteData } from '@tanstack/react-query';
import { client } from './client.ts';
import { openingOf } from './opening.ts';
import { overlay } from './pending-patches.ts';
import { queryClient } from './query-client.ts';
import { addLater, joinNewest, type Timeline } from './timeline-parts.ts';
import type { CaseFilter, Order } from './views.ts';

export interface ListPage {
  items: CaseRow[];
  nextCursor: string | null;
  /** Of tables that show fields of the account's own: values by case, then by field. */
  fieldValues?: Record<string, Record<string, FieldValue>>;
  /** Not all that fits could be put in the order asked for. */
  isPartlySorted?: boolean;
}
export type ListData = InfiniteData<ListPage, string | undefined>;

const PAGE = 50;

/** A view's list, page by page as it is scrolled. Live events keep the loaded pages true. */
export const listQuery = (filter: CaseFilter, order: Order) =>
  infiniteQueryOptions({
    queryKey: ['cases', filter, order] as const,
    queryFn: async ({ pageParam, signal }): Promise<ListPage> => {
      const page = await client.cases.list({ query: { ...filter, order, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal });
      return { nextCursor: page.nextCursor, items: page.items.map(overlay) };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const countsQuery = queryOptions({ queryKey: ['case-counts'], queryFn: ({ signal }) => client.cases.counts({ signal }) });

/** Of what a case has none, nothing is asked for when it is opened. What is known already came by an event, or was just made here. */
function keepDetail(detail: CaseDetail): CaseDetail {
  if (!detail.hasPlanned) queryClient.setQueryData(['planned', detail.id], (known) => known ?? []);
  if (!detail.hasLinks) queryClient.setQueryData(['case-links', detail.id], (known) => known ?? []);
  return overlay(detail);
}

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId] as const,
    queryFn: async ({ queryKey, signal }): Promise<CaseDetail> => keepDetail(queryClient.getQueryData(queryKey) ? await client.cases.get({ params: { caseId }, signal }) : (await openingOf(caseId)).case),
  });

/** Addresses carry the number people say to each other; this finds the case behind it. */
export const caseByNumberQuery = (number: number) =>
  queryOptions({
    queryKey: ['case-number', number] as const,
    queryFn: async ({ signal }): Promise<string> => {
      const found = keepDetail(await client.cases.findByNumber({ params: { number }, signal }));
      queryClient.setQueryData(caseQuery(found.id).queryKey, found);
      return found.id;
    },
    staleTime: Infinity,
  });

export const entriesQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['entries', caseId] as const,
    queryFn: async ({ queryKey, signal }): Promise<Timeline> => {
      if (!queryClient.getQueryData(queryKey)) return (await openingOf(caseId)).entries;
      const page = await client.cases.listEntries({ params: { caseId }, query: { limit: openingEntries }, signal });
      return joinNewest(queryClient.getQueryData<Timeline>(queryKey), page);
    },
    staleTime: 5 * 60_000,
  });

export async function loadEarlier(caseId: string): Promise<void> {
  const { queryKey } = entriesQuery(caseId);
  const first = queryClient.getQueryData(queryKey)?.items[0];
  if (!first) return;
  const page = await client.cases.listEntries({ params: { caseId }, query: { before: first.id, limit: 50 } });
  queryClient.setQueryData(queryKey, (now) => (now && now.items[0]?.id === first.id ? { items: [...page.items, ...now.items], hasEarlier: page.hasEarlier } : now));
}

/** Fetches what came after the last loaded entry. Does nothing for timelines that nobody has opened. */
export async function loadLater(caseId: string): Promise<void> {
  const { queryKey } = entriesQuery(caseId);
  for (;;) {
    const last = queryClient.getQueryData(queryKey)?.items.at(-1);
    if (!last) return;
    const page = await client.cases.listEntries({ params: { caseId }, query: { after: last.id, limit: 100 } });
    queryClient.setQueryData(queryKey, (now) => now && addLater(now, page.items));
    if (!page.hasLater || page.items.length === 0) return;
  }
}

/** Fetches one entry anew, because its delivery has changed. */
export async function reloadEntry(caseId: string, entryId: string): Promise<void> {
  const { queryKey } = entriesQuery(caseId);
  const items = queryClient.getQueryData(queryKey)?.items;
  const at = items?.findIndex((entry) => entry.id === entryId) ?? -1;
  if (!items || at < 0) return;
  const before = items[at - 1];
  if (!before) return void queryClient.invalidateQueries({ queryKey });
  const page = await client.cases.listEntries({ params: { caseId }, query: { after: before.id, limit: 1 } });
  queryClient.setQueryData(queryKey, (now) => now && addLater(now, page.items));
}

export function keepEntry(caseId: string, entry: Entry): void {
  queryClient.setQueryData(entriesQuery(caseId).queryKey, (now) => now && addLater(now, [entry]));
}
