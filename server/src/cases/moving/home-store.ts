import type { Ctx } from '../../platform/context.ts';

export interface Home {
  caseId: string;
  /** Where the entry was received or sent. */
  inboxId: string;
}

/** Where an entry lies that was moved at some time, or sent from another inbox than its case's; undefined for every other. */
export async function findHome(ctx: Ctx, entryId: string): Promise<Home | undefined> {
  const [row] = await ctx.tx.named<Home>('entry_home', 'select case_id as "caseId", inbox_id as "inboxId" from entry_home where account_id = $1 and entry_id = $2', [ctx.accountId, entryId]);
  return row;
}

export async function insertHome(ctx: Ctx, entryId: string, home: Home): Promise<void> {
  await ctx.tx.named('entry_home_insert', 'insert into entry_home (account_id, entry_id, case_id, inbox_id) values ($1, $2, $3, $4)', [ctx.accountId, entryId, home.caseId, home.inboxId]);
}
