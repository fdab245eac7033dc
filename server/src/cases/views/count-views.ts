import type { CaseField, ResponseOf, views } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { selectFields } from '../field-store.ts';
import { findFiltered, type Effort } from './list-filtered.ts';
import { readContents } from './read-content.ts';
import { readFilter } from './read-filter.ts';
import { selectViews } from './view-store.ts';

/** As many as stand in a column without looking for them; those behind have no number. */
const COUNTED = 30;
const MOST = 99;
/** Less than for a page: a number beside a name is not worth more. */
const EFFORT: Effort = { small: 1_000, helpings: [300, 1_200] };

/** How many cases the actor's first views show, within the actor's scope and counted no further than 99. `isMore` also when not all was looked at. */
export async function countViewCases(ctx: Ctx & { actor: AgentActor }, effort = EFFORT): Promise<ResponseOf<(typeof views)['counts']>> {
  const items = [];
  const rows = (await selectViews(ctx, ctx.actor)).slice(0, COUNTED);
  const contents = await readContents(ctx, rows);
  let fields: Promise<CaseField[]> | undefined;
  for (const [i, row] of rows.entries()) {
    const read = contents[i];
    if (!read || read.missing.length > 0) continue;
    const filter = await readFilter(ctx, read.content.filter, () => (fields ??= selectFields(ctx)));
    const { found, goesOn } = filter ? await findFiltered(ctx, filter, 'newest', undefined, MOST + 1, effort) : { found: [] };
    items.push({ viewId: row.id, count: Math.min(found.length, MOST), isMore: found.length > MOST || goesOn !== undefined });
  }
  return { items };
}
