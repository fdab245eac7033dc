import type { CaseFilter, CaseRow, CaseSort, View } from '@rapport/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';
import type { ListPage, listQuery } from './cases.ts';
import { overlay } from './pending-patches.ts';
import { queryClient } from './query-client.ts';
import type { OwnView } from './views.ts';

/** The views this agent has, in the agent's order; the live socket says when shared ones change. */
export const viewsQuery = queryOptions({ queryKey: ['views'], queryFn: ({ signal }) => client.views.list({ signal }), select: (answer) => answer.items, staleTime: 5 * 60_000 });
/** Numbers beside the views: asked for again when something happens, when the server says that newer ones can be had, and now and then because some filters go with the time. */
export const viewCountsQuery = queryOptions({ queryKey: ['view-counts'], queryFn: ({ signal }) => client.views.counts({ signal }), select: (answer) => answer.items, refetchInterval: (query) => query.state.data?.freshInMs ?? 60_000 });

/** What a filter finds, page by page; `fields` are ids with commas between, whose values come along. A page may be short, or empty, and there is more all the same. */
export const filteredQuery = (filter: CaseFilter, sort: CaseSort, fields = '') =>
  infiniteQueryOptions({
    queryKey: ['view-cases', filter, sort, fields] as const,
    queryFn: async ({ pageParam, signal }): Promise<ListPage> => {
      const page = await client.views.listFiltered({ query: { filter: JSON.stringify(filter), sort, limit: 50, ...(fields ? { fields } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, signal });
      return { nextCursor: page.nextCursor, items: page.items.map(overlay), fieldValues: page.fieldValues, isPartlySorted: page.isPartlySorted };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // The key is another one than a shelf's; for whoever shows the rows that makes no difference.
  }) as unknown as ReturnType<typeof listQuery>;

/** The name of a saved view, from what has been loaded. */
export function ownViewWord(view: OwnView): string | undefined {
  const views = queryClient.getQueryData<{ items: View[] }>(['views'])?.items;
  return view.startsWith('view-') ? views?.find(({ id }) => id === view.slice(5))?.name : undefined;
}

/** Whether a case could still fit a filter, by what a row tells. What it does not tell is left to the server. */
export function couldFit(row: CaseRow, filter: CaseFilter, myId: string): boolean {
  const oneOf = (list: readonly string[] | undefined, ...values: string[]) => list === undefined || values.some((value) => list.includes(value));
  return (filter.shelves ? oneOf(filter.shelves, row.shelf) : !['spam', 'deleted', 'merged'].includes(row.shelf)) && oneOf(filter.kinds, row.kind) && oneOf(filter.priorities, row.priority) && oneOf(filter.inboxes, row.inboxId)
    && (row.assignee === null ? oneOf(filter.assignees, 'none') : oneOf(filter.assignees, row.assignee.id, ...(row.assignee.id === myId ? ['me'] : [])))
    && (row.team === null ? oneOf(filter.teams, 'none') : oneOf(filter.teams, row.team.id, 'mine'))
    && oneOf(filter.anyTags, ...row.tags) && (filter.allTags ?? []).every((tag) => row.tags.includes(tag)) && !(filter.noTags ?? []).some((tag) => row.tags.includes(tag))
    && !(filter.not?.shelves ?? []).some((each) => each === row.shelf) && !(filter.not?.channels ?? []).includes(row.channel) && !(filter.not?.customers ?? []).includes(row.customer.id) && oneOf(filter.channels, row.channel)
    && !(filter.not?.kinds ?? []).includes(row.kind) && !(filter.not?.priorities ?? []).includes(row.priority) && !(filter.not?.inboxes ?? []).includes(row.inboxId)
    && !(filter.not?.assignees ?? []).some((each) => each === (row.assignee?.id ?? 'none') || (each === 'me' && row.assignee?.id === myId)) && !(filter.not?.teams ?? []).some((each) => each === (row.team?.id ?? 'none'))
    && (filter.subjectHas ?? '').toLowerCase().split(/\s+/).every((word) => row.subject.toLowerCase().includes(word)) && row.messageCount >= (filter.messages?.least ?? 0) && row.messageCount <= (filter.messages?.most ?? Infinity)
    && (!filter.promise || row.nextPromiseAt !== null) && (!filter.snoozed || row.shelf === 'snoozed')
    && (filter.waitingHours === undefined || row.waitingSince !== null) && (!filter.promiseOverdue || row.nextPromiseAt !== null) && (!(filter.due ?? filter.overdue) || row.due !== null);
}
