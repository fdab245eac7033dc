import type { Ctx } from '../../platform/context.ts';

export interface Home {
  caseId: string;
  /** Where the entry was received or sent. */
  inboxId: string;
}

/** Where an entry lies that was moved at some time; undefined for one that never was. */
export async function findHome(ctx: Ctx, entryId: string): Promise<Home | undefined> {
  const [row] = await ctx.tx.named<Home>('entry_home', 'select case_id as "caseId", inbox_id as "inboxId" from entry_home where account_id = $1 and entry_id = $2', [ctx.accountId, entryId]);
  return row;
}
