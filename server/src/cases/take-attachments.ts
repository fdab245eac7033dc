import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { claimAttachments } from './attachment-store.ts';
import type { AttachmentRow } from './entry-store.ts';

// What mail servers commonly take, before encoding makes it a third larger.
const MOST_BYTES = 25 * 1024 * 1024;

/** Makes uploaded files part of an entry that is being written. Refuses files that are not there, not the writer's or used already, and too many bytes. */
export async function takeAttachments(ctx: Ctx, caseId: string, entryId: string, ids: readonly string[]): Promise<AttachmentRow[]> {
  if (ids.length === 0) return [];
  const wanted = [...new Set(ids)];
  const taken = await claimAttachments(ctx, caseId, entryId, ctx.actor.kind === 'agent' ? ctx.actor.agentId : null, wanted);
  if (taken.length !== wanted.length) throw new Refusal('invalid_request', 'body.attachmentIds: One of the files is not there any more or was sent already. Upload it again.');
  mustFitInMail(taken);
  return taken.sort((a, b) => wanted.indexOf(a.id) - wanted.indexOf(b.id));
}

/** Refuses `too_many_attachments` for more than mail servers commonly take. */
export function mustFitInMail(files: readonly AttachmentRow[]): void {
  if (files.reduce((sum, file) => sum + file.bytes, 0) > MOST_BYTES) throw new Refusal('too_many_attachments', 'Together the files may have 25 MB. Send fewer of them, or a link.');
}
