import type { MacroStarter } from '@rapport/contract';
import { can, type AgentActor, type Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { createFolder, holdFolder } from './folders.ts';
import { macroReader } from './macro-rights.ts';
import { selectFolders, selectMacros, writeMacro } from './macro-store.ts';
import { library, shapeStarter } from './starter-library.ts';
import { starterContent } from './starter-macros.ts';
import { starters } from './starter-texts.ts';

type AgentCtx = Ctx & { actor: AgentActor };

/** Texts to begin with. */
export async function listStarters(): Promise<{ items: MacroStarter[] }> {
  return { items: library.map(shapeStarter) };
}

/** The folder for first answers the actor may write into; it is made when there is none. */
async function folderOf(ctx: AgentCtx, name: string): Promise<{ id: string }> {
  const audience = can(ctx.actor, 'macro.manage') ? 'everyone' : 'personal';
  const known = (await selectFolders(ctx, macroReader(ctx.actor))).find((folder) => folder.audience === audience && folder.name.toLowerCase() === name.toLowerCase());
  return known ? await holdFolder(ctx, known.id) : await createFolder(ctx, { name, audience });
}

/** Makes ordinary macros of the starters named, in a folder the actor may change. Unknown keys are passed over; what the folder has under its name already is left as it is. */
export async function takeStarters(ctx: AgentCtx, input: { keys: readonly string[]; language: 'en' | 'de'; folderId?: string | undefined }): Promise<{ added: number; skipped: number }> {
  const folder = input.folderId === undefined ? await folderOf(ctx, starters.folder[input.language]) : await holdFolder(ctx, input.folderId);
  const taken = new Set((await selectMacros(ctx, macroReader(ctx.actor))).filter((macro) => macro.folder_id === folder.id).map((macro) => macro.name.toLowerCase()));
  const chosen = library.filter((starter) => input.keys.includes(starter.key));
  const fresh = chosen.filter((starter) => !taken.has(starter.name[input.language].toLowerCase()));
  for (const starter of fresh) {
    await writeMacro(ctx, { id: newId(), folderId: folder.id, name: starter.name[input.language], content: starterContent(starter, input.language), version: 1, isShipped: true, byId: ctx.actor.agentId, byName: ctx.actor.name });
  }
  return { added: fresh.length, skipped: chosen.length - fresh.length };
}
