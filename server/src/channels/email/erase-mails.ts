import type { Ctx } from '../../platform/context.ts';
import { deleteMailsOf } from './mailbox-store.ts';

/** Removes a person's mails from the built-in mailbox, and the memory of automatic answers to them. Answers how many mails there were. */
export function eraseMails(ctx: Ctx, addresses: readonly string[]): Promise<number> {
  return deleteMailsOf(ctx.tx, ctx.accountId, addresses);
}
