import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import type { AttachmentRow } from './entry-store.ts';

const SHOWN = 'id, filename, media_type as "mediaType", bytes, is_inline as "isInline", content_id as "contentId"';

/** Makes waiting files part of an entry. Only files that this agent uploaded to this case and that belong to no entry yet; answers those that could be taken. */
export function claimAttachments(ctx: Ctx, caseId: string, entryId: string, agentId: string | null, ids: readonly string[]): Promise<AttachmentRow[]> {
  return ctx.tx.named(
    'attachment_claim',
    `update attachment set entry_id = $3 where account_id = $1 and case_id = $2 and id = any($5) and entry_id is null and uploaded_by is not distinct from $4 returning ${SHOWN}`,
    [ctx.accountId, caseId, entryId, agentId, ids],
  );
}

export async function insertUpload(ctx: Ctx, caseId: string, file: AttachmentRow & { fileKey: string; uploadedBy: string | null }): Promise<void> {
  await ctx.tx.run('insert into attachment (account_id, case_id, id, filename, media_type, bytes, file_key, uploaded_by, created_at, is_inline, content_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    ctx.accountId, caseId, file.id, file.filename, file.mediaType, file.bytes, file.fileKey, file.uploadedBy, ctx.clock.now(), file.isInline, file.contentId,
  ]);
}

/** Files that still wait, uploaded by this agent. */
export function selectWaiting(ctx: Ctx, caseId: string, agentId: string, ids: readonly string[]): Promise<AttachmentRow[]> {
  return ctx.tx.run(`select ${SHOWN} from attachment where account_id = $1 and case_id = $2 and id = any($4) and entry_id is null and uploaded_by = $3`, [ctx.accountId, caseId, agentId, ids]);
}

export interface StoredFileRow extends AttachmentRow {
  fileKey: string;
}

/** A file of the case: one on the timeline, or one that `agentId` uploaded and that still waits. */
export async function findFile(ctx: Ctx, caseId: string, attachmentId: string, agentId: string | null): Promise<StoredFileRow | undefined> {
  const [row] = await ctx.tx.named<StoredFileRow>(
    'attachment_find',
    `select ${SHOWN}, file_key as "fileKey" from attachment where account_id = $1 and case_id = $2 and id = $3 and (entry_id is not null or uploaded_by is not distinct from $4)`,
    [ctx.accountId, caseId, attachmentId, agentId],
  );
  return row;
}

export function selectFilesOfEntry(ctx: Ctx, caseId: string, entryId: string): Promise<StoredFileRow[]> {
  return ctx.tx.named('attachment_of_entry', `select ${SHOWN}, file_key as "fileKey" from attachment where account_id = $1 and case_id = $2 and entry_id = $3 order by id`, [ctx.accountId, caseId, entryId]);
}

/** Files of a message once more, as another message's. */
export async function insertCopies(ctx: Ctx, caseId: string, toEntryId: string, pairs: readonly { from: string; to: string }[]): Promise<void> {
  await ctx.tx.run(
    `insert into attachment (account_id, case_id, id, entry_id, filename, media_type, bytes, file_key, content_id, is_inline, created_at)
     select a.account_id, a.case_id, p."to", $3, a.filename, a.media_type, a.bytes, a.file_key, a.content_id, a.is_inline, $5 from jsonb_to_recordset($4) p("from" uuid, "to" uuid)
     join attachment a on a.account_id = $1 and a.case_id = $2 and a.id = p."from"`,
    [ctx.accountId, caseId, toEntryId, JSON.stringify(pairs), ctx.clock.now()],
  );
}

/** Waiting files, whoever uploaded them: those of messages that wait to be sent. */
export function selectUnsent(ctx: Ctx, caseId: string, ids: readonly string[]): Promise<AttachmentRow[]> {
  return ctx.tx.run(`select ${SHOWN} from attachment where account_id = $1 and case_id = $2 and id = any($3) and entry_id is null`, [ctx.accountId, caseId, ids]);
}

/** Waiting files become those of whoever goes on writing. */
export async function handOverUnsent(ctx: Ctx, caseId: string, agentId: string, ids: readonly string[]): Promise<void> {
  await ctx.tx.run('update attachment set uploaded_by = $4 where account_id = $1 and case_id = $2 and id = any($3) and entry_id is null', [ctx.accountId, caseId, ids, agentId]);
}

/** Over all accounts: files that wait since `before` and that neither a draft nor a message that waits to be sent holds. */
export async function deleteAbandonedUploads(tx: Tx, before: Date): Promise<void> {
  await tx.run(
    `delete from attachment a where a.entry_id is null and a.created_at < $1
     and not exists (select from draft d where d.account_id = a.account_id and d.case_id = a.case_id and a.id = any(d.attachment_ids))
     and not exists (select from planned_message p where p.account_id = a.account_id and p.case_id = a.case_id and a.id = any(p.attachment_ids))`,
    [before],
  );
}
