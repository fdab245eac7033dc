import type { Ctx } from '../../platform/context.ts';

export async function selectUsedFiles(ctx: Ctx, keys: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.run<{ key: string }>(
    'select raw_key as key from entry where account_id = $1 and raw_key = any($2) union select file_key from attachment where account_id = $1 and file_key = any($2)',
    [ctx.accountId, keys],
  );
  return rows.map((row) => row.key);
}
