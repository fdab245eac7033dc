import type { WorkforceSettings } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { findSettings, writeSettings } from './settings-store.ts';

export const getSettings = (ctx: Ctx): Promise<WorkforceSettings> => findSettings(ctx);

/** Refuses `changed_meanwhile`. Whoever is away for a reason that is taken from the list stays so. */
export async function saveSettings(ctx: Ctx, input: WorkforceSettings): Promise<WorkforceSettings> {
  mustBeAllowed(ctx.actor, 'account.manage');
  const awayReasons = [...new Set(input.awayReasons)];
  if (!(await writeSettings(ctx, { ...input, awayReasons }))) {
    const { version } = await findSettings(ctx);
    throw new Refusal('changed_meanwhile', 'Somebody changed it in the meantime. Look at the newest version and try again.', { extra: { version } });
  }
  await recordAudit(ctx, 'workforce.changed', { detail: { ...input.capacity, awayReasons } });
  await announce(ctx, 'workforce.changed', {});
  return findSettings(ctx);
}
