import type { CaseRow, Shelf } from '@rapport/contract';

/** What a list shows; the same words the server's list takes. */
export interface CaseFilter {
  shelf: Exclude<Shelf, 'merged'>;
  assignee?: string;
  team?: string;
}
export type Order = 'newest' | 'oldest';

export const standingViews = ['mine', 'unassigned', 'open', 'snoozed', 'pending', 'on_hold', 'resolved', 'closed', 'spam', 'deleted'] as const;
export type StandingView = (typeof standingViews)[number];
/** What comes with Rapport: a standing view, or `team-<id>`. */
export type ShelfView = StandingView | `team-${string}`;
/** What people make: `view-<id>`, and `filter-…` for one that is not saved; what it shows is in the address itself. */
export type OwnView = `view-${string}` | `filter-${string}`;
/** Stands in the address. */
export type ViewId = ShelfView | OwnView;

export const isOwnView = (text: string): text is OwnView => /^(view-[0-9a-f-]{36}|filter-[\w-]{2,4000})$/.test(text);
export const isView = (text: string): text is ViewId => (standingViews as readonly string[]).includes(text) || /^team-[0-9a-f-]{36}$/.test(text) || isOwnView(text);

export function filterOf(view: ShelfView): CaseFilter {
  if (view === 'mine') return { shelf: 'open', assignee: 'me' };
  if (view === 'unassigned') return { shelf: 'open', assignee: 'none' };
  if (view.startsWith('team-')) return { shelf: 'open', team: view.slice(5) };
  return { shelf: view as CaseFilter['shelf'] };
}

/** Whether a case belongs into a list, judged as the server does. */
export function belongs(row: Pick<CaseRow, 'shelf' | 'assignee' | 'team'>, filter: CaseFilter, myId: string): boolean {
  if (row.shelf !== filter.shelf) return false;
  if (filter.assignee === 'none' ? row.assignee !== null : filter.assignee !== undefined && row.assignee?.id !== (filter.assignee === 'me' ? myId : filter.assignee)) return false;
  return filter.team === undefined || (filter.team === 'none' ? row.team === null : row.team?.id === filter.team);
}

export function shelfOf(status: CaseRow['status'], snoozedUntil: string | null, now = Date.now()): Shelf {
  if (snoozedUntil !== null && Date.parse(snoozedUntil) > now && status !== 'closed') return 'snoozed';
  return status === 'new' ? 'open' : status;
}

/** Sorts as the list is sorted: by last activity, ties by id. */
export function inOrder(order: Order): (a: CaseRow, b: CaseRow) => number {
  const sign = order === 'newest' ? -1 : 1;
  return (a, b) => sign * (a.lastActivityAt === b.lastActivityAt ? (a.id < b.id ? -1 : 1) : a.lastActivityAt < b.lastActivityAt ? -1 : 1);
}
