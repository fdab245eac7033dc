import type { Ctx } from '../../platform/context.ts';
import { deleteDemoMails } from './mailbox-store.ts';

/** Empties the built-in mailbox of what a demo put there. */
export function removeDemoMails(ctx: Ctx): Promise<void> {
  return deleteDemoMails(ctx.tx, ctx.accountId);
}
