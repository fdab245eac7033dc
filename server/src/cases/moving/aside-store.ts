import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface Aside {
  as: 'spam' | 'deleted';
  reason: string | null;
}

export async function setAside(ctx: Ctx, caseId: string, aside: Aside | null): Promise<void> {
  await ctx.tx.named('case_aside', 'update cases set removed_as = $3, removed_at = $4, removed_by = $5, removed_reason = $6 where account_id = $1 and id = $2', [
    ctx.accountId, caseId, aside?.as ?? null, aside ? ctx.clock.now() : null, aside ? ctx.actor.name : null, aside?.reason ?? null,
  ]);
}

/** Over all accounts: cases that were set aside before `before`, oldest first. */
export function selectToPurge(tx: Tx, before: Date, limit: number): Promise<{ account_id: string; id: string }[]> {
  return tx.run('select account_id, id from cases where removed_at is not null and removed_at < $1 order by removed_at limit $2', [before, limit]);
}

/**
 * Removes a case for good with everything on it and the tombstones that point to it, when it is still set aside since before `before`. What came in stays remembered by its key
 * (`received`), so that the same mail fetched again does not come back. Answers what the caller has to remove elsewhere; undefined when the case is not to go.
 */
export async function deleteCase(ctx: Ctx, caseId: string, before: Date): Promise<{ number: number; subject: string; reason: string | null; messageIds: string[]; fileKeys: string[] } | undefined> {
  const [found] = await ctx.tx.run<{ number: number; subject: string; reason: string | null }>('select number, subject, removed_reason as reason from cases where account_id = $1 and id = $2 and removed_at < $3 for update', [ctx.accountId, caseId, before]);
  if (!found) return undefined;
  const all = await ctx.tx.run<{ id: string }>(
    'with recursive gone(id) as (select $2::uuid union select c.id from gone g join cases c on c.account_id = $1 and c.merged_into_id = g.id) select id from gone',
    [ctx.accountId, caseId],
  );
  const ids = all.map((row) => row.id);
  const messages = await ctx.tx.run<{ id: string }>(`select id from entry where account_id = $1 and case_id = any($2) and kind = 'message'`, [ctx.accountId, ids]);
  const files = await ctx.tx.run<{ key: string }>(
    'select raw_key as key from entry where account_id = $1 and case_id = any($2) and raw_key is not null union select file_key from attachment where account_id = $1 and case_id = any($2)',
    [ctx.accountId, ids],
  );
  await ctx.tx.run('update cases set follows_case_id = null where account_id = $1 and follows_case_id = any($2)', [ctx.accountId, ids]);
  await ctx.tx.run('delete from cases where account_id = $1 and id = any($2)', [ctx.accountId, ids]);
  return { ...found, messageIds: messages.map((row) => row.id), fileKeys: files.map((row) => row.key) };
}
