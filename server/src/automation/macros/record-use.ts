import type { AgentActor, Ctx } from '../../platform/context.ts';
import { seeMacro } from './macros.ts';
import { insertUse } from './macro-store.ts';

/** Counts one use. Only a row is added, so that agents who use the same macro at the same moment never wait for each other. */
export async function recordMacroUse(ctx: Ctx & { actor: AgentActor }, macroId: string): Promise<void> {
  const { id } = await seeMacro(ctx, macroId);
  await insertUse(ctx, id);
}
