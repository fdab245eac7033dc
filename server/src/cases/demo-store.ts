import type { Ctx } from '../platform/context.ts';

export async function deleteDemoCases(ctx: Ctx, limit: number): Promise<{ removed: number; fileKeys: string[] }> {
  const found = await ctx.tx.run<{ id: string }>('select id from cases where account_id = $1 and is_demo limit $2 for update', [ctx.accountId, limit]);
  const ids = found.map((row) => row.id);
  if (ids.length === 0) return { removed: 0, fileKeys: [] };
  const files = await ctx.tx.run<{ key: string }>(
    `select raw_key as key from entry where account_id = $1 and case_id = any($2) and raw_key is not null union select file_key from attachment where account_id = $1 and case_id = any($2)`,
    [ctx.accountId, ids],
  );
  await ctx.tx.run('update cases set follows_case_id = null where account_id = $1 and follows_case_id = any($2) and not is_demo', [ctx.accountId, ids]);
  await ctx.tx.run('delete from received where account_id = $1 and case_id = any($2)', [ctx.accountId, ids]);
  await ctx.tx.run('delete from cases where account_id = $1 and id = any($2)', [ctx.accountId, ids]);
  return { removed: ids.length, fileKeys: files.map((row) => row.key) };
}
