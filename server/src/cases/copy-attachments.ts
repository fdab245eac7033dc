import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { insertCopies, selectFilesOfEntry } from './attachment-store.ts';
import type { AttachmentRow } from './entry-store.ts';

/**
 * Lets the files of a message go along with another one that forwards it: those that were chosen (all, when nothing was said) and the pictures in its text. The bytes
 * are stored once; each message has its own rows. Refuses a file that the message does not have.
 */
export async function copyAttachments(ctx: Ctx, caseId: string, from: { entryId: string; fileIds: readonly string[] | undefined }, toEntryId: string): Promise<AttachmentRow[]> {
  const there = await selectFilesOfEntry(ctx, caseId, from.entryId);
  const { fileIds } = from;
  if (fileIds?.some((id) => !there.some((file) => file.id === id))) throw new Refusal('invalid_request', 'body.originalFileIds: The forwarded message has no such file.');
  const wanted = there.filter((file) => (file.isInline && file.contentId !== null) || fileIds === undefined || fileIds.includes(file.id));
  const copies = wanted.map((file): AttachmentRow => ({ id: newId(), filename: file.filename, mediaType: file.mediaType, bytes: file.bytes, isInline: file.isInline, contentId: file.contentId }));
  if (copies.length > 0) await insertCopies(ctx, caseId, toEntryId, wanted.map((file, index) => ({ from: file.id, to: copies[index]?.id as string })));
  return copies;
}
