import type { CaseKind, CaseRow, Page, Shelf } from '@rapport/contract';
import { getCustomer } from '../customers/index.ts';
import { caseReader, NOBODY } from '../platform/case-scope.ts';
import { mustBeAllowed, type Actor, type Ctx } from '../platform/context.ts';
import { readCursor, timeIn, uuidIn, writeCursor } from '../platform/cursor.ts';
import type { CaseRowRow } from './case-row-store.ts';
import { branchesFor, type Branch, type ListFilter } from './list-branches.ts';
import { countTagged, scanList, selectList, selectOfCustomer, selectRows, selectTagged, type Position, type Selection } from './list-store.ts';
import { shapeCaseRow } from './shape-case.ts';

export interface CaseQuery extends ListFilter {
  shelf: Shelf;
  inbox?: string | undefined;
  tag?: string | undefined;
  kind?: CaseKind | undefined;
  order: 'newest' | 'oldest';
  cursor?: string | undefined;
  limit: number;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const START: Record<CaseQuery['order'], Position> = { newest: { at: 'infinity', id: LAST_ID }, oldest: { at: '-infinity', id: NOBODY } };
/** How much is read for a page whose filter no index has. */
export interface Effort {
  /** A tag on fewer cases is looked up by the tag; a more common one is soon met when the list is read in order. */
  rareTag: number;
  /** Cases read at once, and how often. What is left is on the next page. */
  scan: number;
  scans: number;
}
const EFFORT: Effort = { rareTag: 2_000, scan: 2_000, scans: 10 };

/** What is set aside is shown to those who may bring it back. */
export function mustSeeShelf(actor: Actor, shelf: Shelf | undefined): void {
  if (shelf === 'spam') mustBeAllowed(actor, 'case.edit');
  if (shelf === 'deleted') mustBeAllowed(actor, 'case.delete');
}

/**
 * A page of one shelf within the reader's scope. The cost depends on the page, not on how many cases there are. A page can be shorter than `limit`, or empty, and still
 * have a `nextCursor`: when few of the cases in a long list have the inbox or tag that was asked for.
 */
export async function listCases(ctx: Ctx, query: CaseQuery, effort = EFFORT): Promise<Page<CaseRow>> {
  mustSeeShelf(ctx.actor, query.shelf);
  const reader = caseReader(ctx.actor);
  const binding = ['cases', query.shelf, query.assignee, query.team, query.inbox, query.tag, query.kind, query.order];
  const position = readCursor(query.cursor, binding, 2);
  const after: Position = position ? { at: timeIn(position[0]), id: uuidIn(position[1]) } : START[query.order];
  const selection: Selection = { shelf: query.shelf, order: query.order, after, limit: query.limit + 1 };
  const branches = branchesFor(reader, query);
  const pageOf = (rows: CaseRowRow[], goesOn?: Position): Page<CaseRow> => {
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    const next = rows.length > query.limit && last ? { at: last.last_activity_at, id: last.id } : goesOn;
    return { items: items.map(shapeCaseRow), nextCursor: next ? writeCursor([(next.at as Date).toISOString(), next.id], binding) : null };
  };
  if (branches.length === 0) return { items: [], nextCursor: null };
  if (query.tag !== undefined && (await countTagged(ctx, query.tag, effort.rareTag)) < effort.rareTag) {
    const assigneeKey = query.assignee === 'me' ? reader.agentId : query.assignee === 'none' ? NOBODY : query.assignee;
    return pageOf(await selectTagged(ctx, reader, query.tag, { assigneeKey, teamKey: query.team === 'none' ? NOBODY : query.team, inbox: query.inbox, kind: query.kind }, selection));
  }
  if (query.tag === undefined && query.inbox === undefined && query.kind === undefined) return pageOf(await selectList(ctx, reader, branches, selection));
  const { ids, goesOn } = await scanFor(ctx, branches, selection, query, effort);
  return pageOf(await selectRows(ctx, reader, ids), goesOn);
}

async function scanFor(ctx: Ctx, branches: Branch[], selection: Selection, query: CaseQuery, { scan, scans }: Effort): Promise<{ ids: string[]; goesOn?: Position }> {
  const ids: string[] = [];
  let { after } = selection;
  for (let round = 0; round < scans; round += 1) {
    const scanned = await scanList(ctx, branches, { ...selection, after, limit: scan }, { inbox: query.inbox, tag: query.tag, kind: query.kind });
    for (const row of scanned) if (row.matches && ids.length < selection.limit) ids.push(row.id);
    const last = scanned.at(-1);
    if (ids.length >= selection.limit || last?.place !== scan) return { ids };
    after = { at: last.last_activity_at, id: last.id };
  }
  return { ids, goesOn: after };
}

/** All cases of a customer that the reader may see, newest first. Refuses `not_found`. */
export async function listCasesOfCustomer(ctx: Ctx, query: { customerId: string; cursor?: string | undefined; limit: number }): Promise<Page<CaseRow>> {
  // Not bound to the customer: the id of a merged one pages through the survivor's cases.
  const binding = ['customer-cases'];
  const position = readCursor(query.cursor, binding, 1);
  const rows = await selectOfCustomer(ctx, caseReader(ctx.actor), query.customerId, position ? uuidIn(position[0]) : LAST_ID, query.limit + 1);
  if (rows.length === 0) {
    // With cases there is a customer; without any, perhaps not, or it was merged into another.
    const { id } = await getCustomer(ctx, query.customerId);
    if (id !== query.customerId) return listCasesOfCustomer(ctx, { ...query, customerId: id });
  }
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items: items.map(shapeCaseRow), nextCursor: rows.length > query.limit && last ? writeCursor([last.id], binding) : null };
}
