import type { Macro, MacroContent, MacroRow, MacroVersion } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { numberIn, readCursor, writeCursor } from '../../platform/cursor.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../../platform/way-back.ts';
import { leaversOfMacros, mustNameWhoIsThere } from '../references.ts';
import { cleanContent } from './clean-content.ts';
import { holdFolder } from './folders.ts';
import { canEditFolder, macroReader } from './macro-rights.ts';
import { deleteMacro, findMacro, lockMacro, putMacroBack, selectMacros, selectVersions, takeMacro, writeMacro, type MacroRecord, type StoredMacro } from './macro-store.ts';
import { orNameTaken } from './name-taken.ts';

type AgentCtx = Ctx & { actor: AgentActor };
const EXCERPT = 200;

function shapeRow(ctx: AgentCtx, row: MacroRecord, leavers: string[]): MacroRow {
  const text = (row.content.texts.at(-1)?.text ?? '').replace(/\s+/g, ' ').trim();
  return {
    id: row.id, name: row.name, folder: { id: row.folder_id, name: row.folder_name, audience: row.audience }, hasText: row.content.texts.length > 0, hasActions: Object.keys(row.content.actions).length > 0, isShipped: row.is_shipped,
    excerpt: text.length > EXCERPT ? `${text.slice(0, EXCERPT - 1)}…` : text, uses: row.uses, lastUsedAt: row.last_used_at?.toISOString() ?? null, version: row.version, updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by_name,
    canEdit: canEditFolder(ctx.actor, row), leavers,
  };
}

/** What the actor may use, most used first. */
export async function listMacros(ctx: AgentCtx): Promise<{ items: MacroRow[] }> {
  const rows = await selectMacros(ctx, macroReader(ctx.actor));
  const leavers = await leaversOfMacros(ctx, rows.map(({ content }) => content));
  return { items: rows.map((row, i) => shapeRow(ctx, row, leavers[i] ?? [])) };
}

/** A macro the actor may use. Throws `not_found`. */
export async function seeMacro(ctx: AgentCtx, macroId: string): Promise<MacroRecord> {
  const row = await findMacro(ctx, macroReader(ctx.actor), macroId);
  if (!row) throw new Refusal('not_found', 'This saved reply or macro does not exist, or it is not yours to see.');
  return row;
}

export async function getMacro(ctx: AgentCtx, macroId: string): Promise<Macro> {
  const row = await seeMacro(ctx, macroId);
  const [leavers = []] = await leaversOfMacros(ctx, [row.content]);
  return { ...shapeRow(ctx, row, leavers), content: row.content };
}

export interface WriteMacro {
  name: string;
  folderId: string;
  content: MacroContent;
}

const by = (ctx: AgentCtx) => ({ byId: ctx.actor.agentId, byName: ctx.actor.name, isShipped: false });
const TAKEN = 'Something else in this folder has this name.';

/** Writes a saved reply or macro into a folder the actor may change. Refuses `name_taken`, `macro_empty`, `not_allowed`. */
export async function createMacro(ctx: AgentCtx, input: WriteMacro): Promise<Macro> {
  const folder = await holdFolder(ctx, input.folderId);
  await mustNameWhoIsThere(ctx, input.content);
  const id = newId();
  await orNameTaken(TAKEN, writeMacro(ctx, { id, folderId: folder.id, name: input.name, content: cleanContent(input.content), version: 1, ...by(ctx) }));
  return getMacro(ctx, id);
}

/** Changes a macro, or moves it to another folder the actor may change. Refuses `changed_meanwhile` when `version` is not the newest, and what creating refuses. */
export async function updateMacro(ctx: AgentCtx, input: WriteMacro & { macroId: string; version: number }): Promise<Macro> {
  const before = await seeMacro(ctx, input.macroId);
  await holdFolder(ctx, before.folder_id);
  if (input.folderId !== before.folder_id) await holdFolder(ctx, input.folderId);
  await mustNameWhoIsThere(ctx, input.content);
  const version = await lockMacro(ctx, input.macroId);
  if (version !== input.version) throw new Refusal('changed_meanwhile', 'Somebody changed it in the meantime. Look at the newest version and try again.', { extra: { version } });
  await orNameTaken(TAKEN, writeMacro(ctx, { id: before.id, folderId: input.folderId, name: input.name, content: cleanContent(input.content), version: version + 1, ...by(ctx) }));
  return getMacro(ctx, before.id);
}

/** Removes a macro with its versions, and answers the way back. */
export async function removeMacro(ctx: AgentCtx, macroId: string): Promise<{ wayBack: string | null }> {
  await holdFolder(ctx, (await seeMacro(ctx, macroId)).folder_id);
  const wayBack = sealWayBack(ctx, 'macro', await takeMacro(ctx, macroId));
  await deleteMacro(ctx, macroId);
  return { wayBack };
}

/** Puts a removed macro back with its versions and how often it was used. Refuses `undo_over`, `undone_already`, `name_taken`, and what its folder refuses. */
export async function restoreMacro(ctx: AgentCtx, wayBack: string): Promise<Macro> {
  const removed = openWayBack<StoredMacro>(ctx, 'macro', wayBack);
  await holdFolder(ctx, removed.macro.folder_id);
  if (!(await orNameTaken(TAKEN, putMacroBack(ctx, removed)))) throw new Refusal('undone_already', 'It is there again.');
  return getMacro(ctx, removed.macro.id);
}

/** How a macro read over time, newest first. Going back is writing an old version anew. */
export async function listMacroVersions(ctx: AgentCtx, query: { macroId: string; cursor?: string | undefined; limit: number }): Promise<{ items: MacroVersion[]; nextCursor: string | null }> {
  await seeMacro(ctx, query.macroId);
  const [below] = readCursor(query.cursor, query.macroId, 1) ?? [];
  const rows = await selectVersions(ctx, query.macroId, below === undefined ? 2_147_483_647 : numberIn(below), query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ version: row.version, name: row.name, content: row.content, changedBy: row.changed_by_name, changedAt: row.changed_at.toISOString() })),
    nextCursor: rows.length > items.length && last ? writeCursor([last.version], query.macroId) : null,
  };
}
