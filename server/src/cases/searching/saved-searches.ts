import type { SavedSearch } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { deleteSaved, insertSaved, lockSaved, selectSaved, writeSaved, type SavedRow } from './saved-store.ts';

type AgentCtx = Ctx & { actor: AgentActor };

const MOST = 50;
const shape = (row: SavedRow): SavedSearch => ({ id: row.id, name: row.name, q: row.q, createdAt: row.created_at.toISOString() });
const missing = () => new Refusal('not_found', 'You have no such saved search.');

export async function listSavedSearches(ctx: AgentCtx): Promise<SavedSearch[]> {
  return (await selectSaved(ctx, ctx.actor.agentId)).map(shape);
}

function mustBeFree(others: readonly SavedRow[], name: string): void {
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) throw new Refusal('name_taken', 'You have a saved search of this name. Choose another.');
}

/** Keeps a search for the agent who asks. Refuses `name_taken` and `too_many_searches`. */
export async function saveSearch(ctx: AgentCtx, { name, q }: { name: string; q: string }): Promise<SavedSearch> {
  await lockSaved(ctx, ctx.actor.agentId);
  const own = await selectSaved(ctx, ctx.actor.agentId);
  mustBeFree(own, name);
  if (own.length >= MOST) throw new Refusal('too_many_searches', `There can be ${MOST}. Remove one that is not needed any more.`);
  const row: SavedRow = { id: newId(), name, q, created_at: ctx.clock.now() };
  await insertSaved(ctx, ctx.actor.agentId, row);
  return shape(row);
}

/** Renames an own search or changes what it looks for. Refuses `name_taken`; one of somebody else is not found. */
export async function updateSavedSearch(ctx: AgentCtx, searchId: string, change: { name?: string | undefined; q?: string | undefined }): Promise<SavedSearch> {
  await lockSaved(ctx, ctx.actor.agentId);
  const own = await selectSaved(ctx, ctx.actor.agentId);
  const before = own.find((row) => row.id === searchId);
  if (!before) throw missing();
  if (change.name !== undefined) mustBeFree(own.filter((row) => row !== before), change.name);
  const after: SavedRow = { ...before, name: change.name ?? before.name, q: change.q ?? before.q };
  await writeSaved(ctx, ctx.actor.agentId, after);
  return shape(after);
}

export async function removeSavedSearch(ctx: AgentCtx, searchId: string): Promise<void> {
  if (!(await deleteSaved(ctx, ctx.actor.agentId, searchId))) throw missing();
}
