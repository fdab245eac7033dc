import type { CaseDetail, CaseFilter as WideFilter, CaseRow } from '@rapport/contract';
import { caseQuery, countsQuery, type ListData } from './cases.ts';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';
import { placeInList } from './place-in-list.ts';
import { couldFit } from './view-queries.ts';
import { belongs, type CaseFilter, type Order } from './views.ts';

const rowOf = (detail: CaseRow): CaseRow => {
  const { participants: _p, replyTo: _r, replyAllCc: _c, fromAddress: _f, lastReadEntryId: _l, isDemo: _d, hasPlanned: _h, hasLinks: _hl, mergedInto: _m, aside: _a, fields: _fi, followers: _fo, promises: _pr, brief: _b, ...row } = detail as CaseDetail;
  return row;
};

const myId = () => queryClient.getQueryData(sessionQuery.queryKey)?.agent.id ?? '';

/** What is known of a case without asking the server. */
export function knownCase(caseId: string): CaseRow | undefined {
  const detail = queryClient.getQueryData(caseQuery(caseId).queryKey);
  if (detail) return detail;
  return findRow((row) => row.id === caseId);
}

export function findRow(test: (row: CaseRow) => boolean): CaseRow | undefined {
  for (const [, data] of [...queryClient.getQueriesData<ListData>({ queryKey: ['cases'] }), ...queryClient.getQueriesData<ListData>({ queryKey: ['view-cases'] })]) {
    for (const page of data?.pages ?? []) {
      const row = page.items.find(test);
      if (row) return row;
    }
  }
  return undefined;
}

function moveCounts(before: CaseRow | undefined, after: CaseRow): void {
  if (!before) return;
  const me = myId();
  const step = (filter: CaseFilter) => Number(belongs(after, filter, me)) - Number(belongs(before, filter, me));
  queryClient.setQueryData(countsQuery.queryKey, (counts) => counts && {
    mine: counts.mine + step({ shelf: 'open', assignee: 'me' }),
    unassigned: counts.unassigned + step({ shelf: 'open', assignee: 'none' }),
    shelves: Object.fromEntries(Object.entries(counts.shelves).map(([shelf, count]) => [shelf, count + step({ shelf: shelf as CaseFilter['shelf'] })])) as typeof counts.shelves,
    aside: Object.fromEntries(Object.entries(counts.aside).map(([shelf, count]) => [shelf, count === null ? null : count + step({ shelf: shelf as 'spam' })])) as typeof counts.aside,
    teams: counts.teams.map((team) => ({ ...team, open: team.open + step({ shelf: 'open', team: team.teamId }) })),
  });
}

/** Puts what is now known of a case everywhere it is shown: its own pane, every list, the counters. */
export function placeCase(next: CaseRow | CaseDetail): void {
  moveCounts(knownCase(next.id), next);
  queryClient.setQueryData(caseQuery(next.id).queryKey, (detail) => (detail || 'replyTo' in next ? ({ ...detail, ...next } as CaseDetail) : detail));
  queryClient.setQueriesData<ListData>({ queryKey: ['customer-cases'] }, (data) => data && { ...data, pages: data.pages.map((page) => (page.items.some((item) => item.id === next.id) ? { ...page, items: page.items.map((item) => (item.id === next.id ? rowOf(next) : item)) } : page)) });
  const me = myId();
  // Whether a case has come to fit only the server knows; that one does not any more is mostly plain to see.
  for (const [key, data] of queryClient.getQueriesData<ListData>({ queryKey: ['view-cases'] })) {
    if (!data?.pages.some((page) => page.items.some((item) => item.id === next.id))) continue;
    const stays = couldFit(rowOf(next), key[1] as WideFilter, me);
    queryClient.setQueryData<ListData>(key, { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.flatMap((item) => (item.id !== next.id ? [item] : stays ? [rowOf(next)] : [])) })) });
  }
  for (const [key, data] of queryClient.getQueriesData<ListData>({ queryKey: ['cases'] })) {
    if (!data) continue;
    const [, filter, order] = key as unknown as readonly [string, CaseFilter, Order];
    const placed = placeInList(data, rowOf(next), filter, order, me);
    if (placed !== data) queryClient.setQueryData(key, placed);
  }
}

/** A case the agent may not see any more. */
export function dropCase(caseId: string): void {
  queryClient.removeQueries({ queryKey: caseQuery(caseId).queryKey });
  queryClient.removeQueries({ queryKey: ['entries', caseId] });
  for (const list of ['cases', 'view-cases']) queryClient.setQueriesData<ListData>({ queryKey: [list] }, (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== caseId) })) });
}
