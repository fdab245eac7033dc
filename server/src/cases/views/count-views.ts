import type { CaseField, CaseFilter, ResponseOf, views } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { selectFields } from '../field-store.ts';
import { findFiltered, type Effort } from './list-filtered.ts';
import { readContents } from './read-content.ts';
import { readFilter } from './read-filter.ts';
import { rememberedCounts, type Counted } from './remember-counts.ts';
import type { Sorting } from './sorts.ts';
import { selectViews, type ViewRow } from './view-store.ts';
import { orders } from './walks.ts';

/** As many as stand in a column without looking for them; those behind have no number. */
const COUNTED = 30;
const MOST = 99;
/** Less than for a page: a number beside a name is not worth more. */
const EFFORT: Effort = { small: 1_000, helpings: [300, 1_200], sorted: 0 };
const NEWEST: Sorting = { order: orders.newest, walked: 'newest' };

type AgentCtx = Ctx & { actor: AgentActor };
type ViewCounts = ResponseOf<(typeof views)['counts']>;

const firstViews = async (ctx: AgentCtx): Promise<ViewRow[]> => (await selectViews(ctx, ctx.actor)).slice(0, COUNTED);

/** How views are counted, each when it is its turn; undefined for one of which something is gone. The account's own fields are read once for all of them. */
async function counting(ctx: AgentCtx, rows: readonly ViewRow[], effort: Effort): Promise<((() => Promise<Counted>) | undefined)[]> {
  const contents = await readContents(ctx, rows);
  let fields: Promise<CaseField[]> | undefined;
  const count = async (wanted: CaseFilter): Promise<Counted> => {
    const filter = await readFilter(ctx, wanted, () => (fields ??= selectFields(ctx)));
    const { found, goesOn } = filter ? await findFiltered(ctx, filter, NEWEST, undefined, MOST + 1, effort) : { found: [] };
    return { count: Math.min(found.length, MOST), isMore: found.length > MOST || goesOn !== undefined };
  };
  return contents.map(({ content, missing }) => (missing.length > 0 ? undefined : () => count(content.filter)));
}

/** How many cases the actor's first views show, within the actor's scope and counted no further than 99. `isMore` also when not all was looked at. */
export async function countViewCases(ctx: AgentCtx, effort = EFFORT): Promise<ViewCounts['items']> {
  const rows = await firstViews(ctx);
  const items: ViewCounts['items'] = [];
  for (const [i, count] of (await counting(ctx, rows, effort)).entries()) if (count) items.push({ viewId: (rows[i] as ViewRow).id, ...(await count()) });
  return items;
}

/** The same for a screen, which asks whenever something happens: what was counted seconds ago is not counted again. */
export async function countForScreen(ctx: AgentCtx): Promise<ViewCounts> {
  const rows = await firstViews(ctx);
  const remembered = rememberedCounts(ctx);
  const keyOf = (row: ViewRow) => `${row.id} ${row.version}`;
  const known = new Map(rows.map((row) => [row.id, remembered.find(keyOf(row))]));
  const unknown = rows.filter((row) => known.get(row.id) === undefined);
  for (const [i, count] of (unknown.length > 0 ? await counting(ctx, unknown, EFFORT) : []).entries()) {
    const row = unknown[i] as ViewRow;
    if (count) known.set(row.id, await remembered.keep(keyOf(row), count));
  }
  const items = rows.flatMap(({ id: viewId }) => {
    const counted = known.get(viewId);
    return counted ? [{ viewId, count: counted.count, isMore: counted.isMore }] : [];
  });
  return { items, freshInMs: remembered.freshInMs() };
}
