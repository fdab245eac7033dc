import type { BodyOf, ResponseOf, View, views } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { can, type AgentActor, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../../platform/way-back.ts';
import { listFiltered } from './list-filtered.ts';
import { orNameTaken } from './name-taken.ts';
import { readContents, type ReadContent } from './read-content.ts';
import { countViews, deleteView, findView, insertPlaces, insertView, lockView, selectPlaces, selectViews, writeView, writeViewOrder, type Places, type ViewRow, type ViewWords } from './view-store.ts';

type AgentCtx = Ctx & { actor: AgentActor };
type Written = BodyOf<(typeof views)['create']>;
/** Of one's own, and of all that are for others. */
const MOST_VIEWS = 100;

/** One's own is one's own; what others use needs `view.share`, and for a team one must be in it. */
function canEdit(actor: AgentActor, view: Pick<ViewRow, 'audience' | 'owner_id' | 'team_id'>): boolean {
  if (view.audience === 'personal') return view.owner_id === actor.agentId;
  return can(actor, 'view.share') && (view.audience === 'everyone' || (view.team_id !== null && actor.teamIds.includes(view.team_id)));
}

const shape = ({ actor }: AgentCtx, row: ViewRow, { content, missing }: ReadContent): View => ({
  id: row.id, name: row.name, icon: row.icon, colour: row.colour, audience: row.audience, teamId: row.team_id, content, missing, canEdit: canEdit(actor, row), version: row.version,
  updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by_name,
});

async function shapeAll(ctx: AgentCtx, rows: readonly ViewRow[]): Promise<View[]> {
  const contents = await readContents(ctx, rows);
  return rows.map((row, i) => shape(ctx, row, contents[i] as ReadContent));
}

const mustExist = (row: ViewRow | undefined): ViewRow => {
  if (!row) throw new Refusal('not_found', 'This view does not exist, or it is not yours to see.');
  return row;
};

function mustBeEditable(actor: AgentActor, view: Pick<ViewRow, 'audience' | 'owner_id' | 'team_id'>): void {
  if (!canEdit(actor, view)) throw new Refusal('not_allowed', 'Others use this view. Make one of your own from it, or ask whoever leads the team.');
}

/** What was written, with whose it is. Refuses `not_allowed` where the actor may not share. */
function read(actor: AgentActor, id: string, input: Written): ViewWords {
  if ((input.audience === 'team') !== (input.teamId !== null)) throw new Refusal('invalid_request', 'body.teamId: Say which team, for a view of a team and for no other.');
  const words = { id, name: input.name, icon: input.icon, colour: input.colour, audience: input.audience, owner_id: input.audience === 'personal' ? actor.agentId : null, team_id: input.teamId, content: input.content };
  if (!canEdit(actor, words)) throw new Refusal('not_allowed', 'Sharing a view needs the right to share, and for a team one must be in it.');
  return words;
}

async function mustHaveRoom(ctx: AgentCtx, ownerId: string | null): Promise<void> {
  if ((await countViews(ctx, ownerId)) >= MOST_VIEWS) throw new Refusal('too_many_views', `There are at most ${MOST_VIEWS}. Remove one that nobody needs any more.`);
}

/** Others hear of it, and the audit log keeps it, when it is theirs too. */
async function tell(ctx: AgentCtx, what: 'view.shared' | 'view.changed' | 'view.removed', view: Pick<ViewRow, 'id' | 'name' | 'audience' | 'team_id'>): Promise<void> {
  await announce(ctx, 'views.changed', {});
  await recordAudit(ctx, what, { target: view.name, detail: { viewId: view.id, audience: view.audience, teamId: view.team_id } });
}

export async function listViews(ctx: AgentCtx): Promise<{ items: View[] }> {
  return { items: await shapeAll(ctx, await selectViews(ctx, ctx.actor)) };
}

/** Refuses `not_found` for a view of somebody else, or of a team one is not in. */
export async function getView(ctx: AgentCtx, viewId: string): Promise<View> {
  const [view] = await shapeAll(ctx, [mustExist(await findView(ctx, ctx.actor, viewId))]);
  return view as View;
}

/** Makes a view. Refuses `name_taken`, `too_many_views`, and `not_allowed` for one that is to be for others. */
export async function createView(ctx: AgentCtx, input: Written): Promise<View> {
  const words = read(ctx.actor, newId(), input);
  await mustHaveRoom(ctx, words.owner_id);
  await orNameTaken(insertView(ctx, words, ctx.actor.name));
  if (words.owner_id === null) await tell(ctx, 'view.shared', words);
  return getView(ctx, words.id);
}

/**
 * Changes a view, or with whom it is shared. What others use cannot be taken from them by making it one's own: one is made from it, or it is removed, which everybody sees. Refuses
 * `changed_meanwhile`, and what `createView` refuses.
 */
export async function updateView(ctx: AgentCtx, viewId: string, { version, ...input }: BodyOf<(typeof views)['update']>): Promise<View> {
  const before = mustExist(await lockView(ctx, ctx.actor, viewId));
  mustBeEditable(ctx.actor, before);
  if (before.version !== version) throw new Refusal('changed_meanwhile', 'Look at what changed and try again.');
  const words = read(ctx.actor, viewId, input);
  if (before.owner_id === null && words.owner_id !== null) throw new Refusal('not_allowed', 'Others use this view. Make one of your own from it; if nobody needs it any more, remove it.');
  if (words.owner_id !== before.owner_id) await mustHaveRoom(ctx, words.owner_id);
  await orNameTaken(writeView(ctx, words, ctx.actor.name));
  const isSameCircle = words.audience === before.audience && words.team_id === before.team_id;
  if (words.owner_id === null) await tell(ctx, isSameCircle ? 'view.changed' : 'view.shared', words);
  return getView(ctx, viewId);
}

interface RemovedView {
  view: ViewWords;
  places: Places;
}

/** Removes a view, and answers the way back. */
export async function removeView(ctx: AgentCtx, viewId: string): Promise<{ wayBack: string | null }> {
  const before = mustExist(await lockView(ctx, ctx.actor, viewId));
  mustBeEditable(ctx.actor, before);
  const { id, name, icon, colour, audience, owner_id, team_id, content } = before;
  const wayBack = sealWayBack(ctx, 'view', { view: { id, name, icon, colour, audience, owner_id, team_id, content }, places: await selectPlaces(ctx, viewId) } satisfies RemovedView);
  await deleteView(ctx, viewId);
  if (before.owner_id === null) await tell(ctx, 'view.removed', before);
  return { wayBack };
}

/** Puts a removed view back, for everybody where they had it. Refuses what making it anew would refuse, `undo_over` and `undone_already`. */
export async function restoreView(ctx: AgentCtx, wayBack: string): Promise<View> {
  const { view, places } = openWayBack<RemovedView>(ctx, 'view', wayBack);
  mustBeEditable(ctx.actor, view);
  if (await findView(ctx, ctx.actor, view.id)) throw new Refusal('undone_already', 'The view is there again.');
  await mustHaveRoom(ctx, view.owner_id);
  await orNameTaken(insertView(ctx, view, ctx.actor.name));
  await insertPlaces(ctx, view.id, places);
  if (view.owner_id === null) await tell(ctx, 'view.shared', view);
  return getView(ctx, view.id);
}

/** Puts the actor's views into this order; nobody else's order changes. Views the actor does not have are passed over. */
export async function orderViews(ctx: AgentCtx, viewIds: readonly string[]): Promise<void> {
  const known = (await selectViews(ctx, ctx.actor)).map((row) => row.id);
  await writeViewOrder(ctx, ctx.actor.agentId, [...new Set([...viewIds.filter((id) => known.includes(id)), ...known])]);
}

/** A page of what a view shows to the actor. Refuses `not_found` for one of which something is gone: what is left of it would show more than was meant. */
export async function listCasesOfView(ctx: AgentCtx, { viewId, ...page }: { viewId: string; cursor?: string | undefined; limit: number }): Promise<ResponseOf<(typeof views)['listCases']>> {
  const { content, missing } = await getView(ctx, viewId);
  if (missing.length > 0) throw new Refusal('not_found', 'Something this view needs is gone. Write it anew, or remove it.');
  return listFiltered(ctx, { filter: content.filter, sort: content.sort, ...page });
}
