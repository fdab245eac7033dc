import type { MacroAudience, MacroFolder } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../../platform/way-back.ts';
import { canEditFolder, macroReader } from './macro-rights.ts';
import { deleteFolder, findFolder, insertFolder, selectFolders, setFolderName, type FolderRow } from './macro-store.ts';
import { orNameTaken } from './name-taken.ts';

type AgentCtx = Ctx & { actor: AgentActor };

const shape = (ctx: AgentCtx, row: FolderRow): MacroFolder => ({ id: row.id, name: row.name, audience: row.audience, teamId: row.team_id, macroCount: row.macro_count, canEdit: canEditFolder(ctx.actor, row) });

/** A folder the actor may look into. Throws `not_found`. */
export async function seeFolder(ctx: AgentCtx, folderId: string): Promise<FolderRow> {
  const row = await findFolder(ctx, macroReader(ctx.actor), folderId);
  if (!row) throw new Refusal('not_found', 'This folder does not exist, or it is not yours to see.');
  return row;
}

/** The same, and refuses whoever may not change what is in it. */
export async function holdFolder(ctx: AgentCtx, folderId: string): Promise<FolderRow> {
  const row = await seeFolder(ctx, folderId);
  if (!canEditFolder(ctx.actor, row)) throw new Refusal('not_allowed', 'What stands here is used by others. Copy it into a folder of your own, or ask whoever leads the team.');
  return row;
}

/** The folders the actor may look into: one's own first, then the teams', then everybody's. */
export async function listFolders(ctx: AgentCtx): Promise<{ items: MacroFolder[] }> {
  return { items: (await selectFolders(ctx, macroReader(ctx.actor))).map((row) => shape(ctx, row)) };
}

/** Makes a folder. Refuses `not_allowed` where the actor may not write for others, and `name_taken`. */
export async function createFolder(ctx: AgentCtx, input: { name: string; audience: MacroAudience; teamId?: string | undefined }): Promise<MacroFolder> {
  if ((input.audience === 'team') !== (input.teamId !== undefined)) throw new Refusal('invalid_request', 'body.teamId: Say which team, for a folder of a team and for no other.');
  const owner = { audience: input.audience, owner_id: input.audience === 'personal' ? ctx.actor.agentId : null, team_id: input.teamId ?? null };
  if (!canEditFolder(ctx.actor, owner)) throw new Refusal('not_allowed', 'A folder for others needs the right to write for them.');
  const id = newId();
  await orNameTaken('Another folder has this name.', insertFolder(ctx, { id, name: input.name, audience: input.audience, ownerId: owner.owner_id, teamId: owner.team_id }));
  return shape(ctx, await seeFolder(ctx, id));
}

export async function renameFolder(ctx: AgentCtx, input: { folderId: string; name: string }): Promise<MacroFolder> {
  await holdFolder(ctx, input.folderId);
  await orNameTaken('Another folder has this name.', setFolderName(ctx, input.folderId, input.name));
  return shape(ctx, await seeFolder(ctx, input.folderId));
}

/** Refuses `still_in_use` while something stands in it: removing a folder must not remove what people wrote. */
export async function removeFolder(ctx: AgentCtx, folderId: string): Promise<{ wayBack: string | null }> {
  const row = await holdFolder(ctx, folderId);
  if (row.macro_count > 0) throw new Refusal('still_in_use', 'Move or remove what stands in it first.');
  await deleteFolder(ctx, folderId);
  return { wayBack: sealWayBack(ctx, 'macro folder', row) };
}

/** Puts a removed folder back, empty as it was. Refuses what making it anew would refuse, `undo_over` and `undone_already`. */
export async function restoreFolder(ctx: AgentCtx, wayBack: string): Promise<MacroFolder> {
  const { id, name, audience, owner_id, team_id } = openWayBack<FolderRow>(ctx, 'macro folder', wayBack);
  if (!canEditFolder(ctx.actor, { audience, owner_id, team_id })) throw new Refusal('not_allowed', 'A folder for others needs the right to write for them.');
  if (await findFolder(ctx, macroReader(ctx.actor), id)) throw new Refusal('undone_already', 'The folder is there again.');
  await orNameTaken('Another folder has this name.', insertFolder(ctx, { id, name, audience, ownerId: owner_id, teamId: team_id }));
  return shape(ctx, await seeFolder(ctx, id));
}
