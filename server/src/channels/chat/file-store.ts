import type { ChatFile } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface WaitingFile extends ChatFile {
  fileKey: string;
}

const COLUMNS = 'id, filename, media_type as "mediaType", bytes, file_key as "fileKey"';

export async function insertFile(ctx: Ctx, visitorId: string, file: WaitingFile): Promise<void> {
  await ctx.tx.run('insert into chat_file (account_id, id, visitor_id, filename, media_type, bytes, file_key, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    ctx.accountId, file.id, visitorId, file.filename, file.mediaType, file.bytes, file.fileKey, ctx.clock.now(),
  ]);
}

export async function countFiles(ctx: Ctx, visitorId: string): Promise<number> {
  const [row] = await ctx.tx.run<{ count: number }>('select count(*)::int as count from chat_file where account_id = $1 and visitor_id = $2', [ctx.accountId, visitorId]);
  return row?.count ?? 0;
}

/** Takes a visitor's waiting files out of the store, in the order asked for; those that are not theirs or not there are missing from the answer. */
export async function takeFiles(ctx: Ctx, visitorId: string, ids: readonly string[]): Promise<WaitingFile[]> {
  const rows = await ctx.tx.run<WaitingFile>(`delete from chat_file where account_id = $1 and visitor_id = $2 and id = any($3) returning ${COLUMNS}`, [ctx.accountId, visitorId, ids]);
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Over all accounts: files that were never sent. */
export async function deleteUnsent(tx: Tx, before: Date): Promise<void> {
  await tx.run('delete from chat_file where created_at < $1', [before]);
}
