import { filterOf, type OwnView, type ShelfView } from '../data/views.ts';
import { startColumns, writeAddress } from './address.ts';

let isWanted = false;
/** Whether somebody has just asked for a filter: then the choice of what to filter by is open. Answers once. */
export function takeWish(): boolean {
  const was = isWanted;
  isWanted = false;
  return was;
}

/** Goes from a shelf to a list that shows the same and can be narrowed. */
export function beginFilter(shelf: ShelfView, order: 'newest' | 'oldest', go: (view: OwnView) => void): void {
  const { shelf: name, assignee, team } = filterOf(shelf);
  isWanted = true;
  go(writeAddress({ of: undefined, content: { filter: { shelves: [name], ...(assignee ? { assignees: [assignee] } : {}), ...(team ? { teams: [team] } : {}) }, sort: order, layout: 'list', columns: startColumns } }));
}
