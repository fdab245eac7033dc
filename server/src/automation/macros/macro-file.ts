import type { MacroAudience, MacroContent, MacroFile } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { cleanContent } from './clean-content.ts';
import { createFolder, holdFolder } from './folders.ts';
import { macroReader } from './macro-rights.ts';
import { selectFolders, selectMacros, writeMacro } from './macro-store.ts';

type AgentCtx = Ctx & { actor: AgentActor };

/** Agents and teams are those of one account; another one has others. */
function portable({ texts, actions }: MacroContent): MacroContent {
  const { assignee, teamId: _, ...rest } = actions;
  return { texts, actions: { ...rest, ...(assignee === 'me' || assignee === null ? { assignee } : {}) } };
}

/** All the actor may look into, by folder. */
export async function exportMacros(ctx: AgentCtx): Promise<MacroFile> {
  const reader = macroReader(ctx.actor);
  const macros = await selectMacros(ctx, reader);
  const folders = (await selectFolders(ctx, reader)).map((folder) => ({ name: folder.name, macros: macros.filter((macro) => macro.folder_id === folder.id).map(({ name, content }) => ({ name, content: portable(content) })) }));
  return { format: 'rapport-macros', version: 1, folders: folders.filter((folder) => folder.macros.length > 0) };
}

/** Takes in a file, all of it or nothing. What is there already, by folder and name, is left as it is, so taking in a file twice does nothing more. */
export async function importMacros(ctx: AgentCtx, input: { audience: MacroAudience; teamId?: string | undefined; file: MacroFile }): Promise<{ added: number; skipped: number }> {
  const reader = macroReader(ctx.actor);
  let [added, skipped] = [0, 0];
  for (const { name, macros } of input.file.folders) {
    const known = (await selectFolders(ctx, reader)).find((folder) => folder.audience === input.audience && folder.team_id === (input.teamId ?? null) && folder.name.toLowerCase() === name.toLowerCase());
    const folder = known ? await holdFolder(ctx, known.id) : await createFolder(ctx, { name, audience: input.audience, teamId: input.teamId });
    const taken = new Set((await selectMacros(ctx, reader)).filter((macro) => macro.folder_id === folder.id).map((macro) => macro.name.toLowerCase()));
    for (const macro of macros) {
      if (taken.has(macro.name.toLowerCase())) {
        skipped += 1;
        continue;
      }
      taken.add(macro.name.toLowerCase());
      await writeMacro(ctx, { id: newId(), folderId: folder.id, name: macro.name, content: cleanContent(portable(macro.content)), version: 1, isShipped: false, byId: ctx.actor.agentId, byName: ctx.actor.name });
      added += 1;
    }
  }
  return { added, skipped };
}
