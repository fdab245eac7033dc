import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { aboutCase } from './announce-case.ts';
import { writeDue, type Due } from './due-store.ts';

/**
 * Sets by when cases are due. It is no change of the matter: nobody's answer is refused for it, and the timeline tells nothing. Announced as `due.changed` unless `isTold` is false, for
 * whoever changes so many that browsers look anew at the end.
 */
export async function setDue(ctx: Ctx, list: readonly Due[], isTold = true): Promise<void> {
  const changed = await writeDue(ctx, list);
  if (isTold) for (const record of changed) await announce(ctx, 'due.changed', aboutCase(record));
}
