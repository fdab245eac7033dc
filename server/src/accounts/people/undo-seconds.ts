import type { Ctx } from '../../platform/context.ts';
import { selectAccount, type AccountRow } from './account-store.ts';

// Long enough to see one's mistake, short enough that nobody waits for the answer.
const USUAL_SECONDS = 10;

export function undoSecondsOf(account: Pick<AccountRow, 'settings'>): number {
  const chosen = account.settings['undoSeconds'];
  return typeof chosen === 'number' ? chosen : USUAL_SECONDS;
}

/** How long an answer of this account can be taken back before it goes out, in seconds; 0 when it goes out at once. */
export async function getUndoSeconds(ctx: Pick<Ctx, 'tx' | 'accountId'>): Promise<number> {
  const account = await selectAccount(ctx.tx, ctx.accountId);
  return account ? undoSecondsOf(account) : USUAL_SECONDS;
}
