import type { Ctx } from '../platform/context.ts';
import { writeDue, type Due } from './due-store.ts';

/**
 * Sets by when cases are due. It is no change of the matter: nobody's answer is refused for it, the timeline tells nothing, and whoever sets it tells of it.
 */
export async function setDue(ctx: Ctx, list: readonly Due[]): Promise<void> {
  if (list.length > 0) await writeDue(ctx, list);
}
