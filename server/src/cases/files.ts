import { inAccount, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import type { FileReply } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { findFile, insertUpload } from './attachment-store.ts';
import { cleanText } from './clean-text.ts';
import { findEntry, type AttachmentRow } from './entry-store.ts';
import { maskUpload } from './mask-upload.ts';
import { holdChangeableCase, seeCase } from './see-case.ts';

type Caller = AgentActor & { accountId: string };

const MEDIA_TYPE = /^[a-z\d][\w.+-]*\/[a-z\d][\w.+-]*$/i;

/** A name that means no folder and shows no trick: no path, no control or direction characters. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return cleanText(last.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim()).text.slice(0, 200) || 'file';
}

/** A file from outside as it may be kept: a name without tricks, a type that is one, card numbers covered where it can be read. */
export async function cleanFile(file: { filename: string; mediaType: string; content: Buffer }): Promise<typeof file> {
  return { filename: plainName(file.filename), mediaType: MEDIA_TYPE.test(file.mediaType) ? file.mediaType.toLowerCase() : 'application/octet-stream', content: await maskUpload(file) };
}

/** Keeps a file for a reply or note of this agent. The bytes are stored before the row is, outside of any transaction; a crash between them leaves nothing but an unused file. */
export async function upload(platform: Platform, caller: Caller, caseId: string, file: { filename: string; mediaType: string; content: Buffer; isInline?: boolean }): Promise<AttachmentRow> {
  await inAccount(platform, caller.accountId, caller, (ctx) => seeCase(ctx, caseId));
  const { filename, mediaType, content } = await cleanFile(file);
  const stored = await platform.files.put(caller.accountId, content);
  // Drawings can hold scripts, and many mail programs show none.
  const isInline = file.isInline === true && /^image\/(png|jpeg|gif|webp)$/.test(mediaType);
  const id = newId();
  const row: AttachmentRow = { id, filename, mediaType, bytes: stored.bytes, isInline, contentId: isInline ? `${id}@inline` : null };
  await inAccount(platform, caller.accountId, caller, async (ctx) => {
    await holdChangeableCase(ctx, caseId);
    await insertUpload(ctx, caseId, { ...row, fileKey: stored.key, uploadedBy: caller.agentId });
  });
  return row;
}

/** A stored file as an answer. Throws `not_found` when its bytes are gone. */
export async function streamed(platform: Platform, key: string, mediaType: string, filename: string, isInline: boolean): Promise<FileReply> {
  const stored = await platform.files.head(key);
  if (!stored) throw new Refusal('not_found', 'This file is not in the store any more.');
  return { content: await platform.files.get(key), mediaType, filename, bytes: stored.bytes, isInline };
}

/** An attachment's bytes, for whoever may see the case. A file that waits in a draft is only its uploader's. */
export async function download(platform: Platform, caller: Caller, which: { caseId: string; attachmentId: string; isInline: boolean }): Promise<FileReply> {
  const file = await inAccount(platform, caller.accountId, caller, async (ctx: Ctx) => {
    await seeCase(ctx, which.caseId);
    return findFile(ctx, which.caseId, which.attachmentId, caller.agentId);
  });
  if (!file) throw new Refusal('not_found', 'This file does not exist.');
  return streamed(platform, file.fileKey, file.mediaType, file.filename, which.isInline);
}

/** A message as it came in or went out, byte for byte except for masked card numbers. */
export async function rawMessage(platform: Platform, caller: Caller, which: { caseId: string; entryId: string }): Promise<FileReply> {
  const entry = await inAccount(platform, caller.accountId, caller, async (ctx: Ctx) => {
    await seeCase(ctx, which.caseId);
    return findEntry(ctx, which.caseId, which.entryId);
  });
  if (!entry?.raw_key) throw new Refusal('not_found', 'No bytes are kept of this message.');
  return streamed(platform, entry.raw_key, 'message/rfc822', `${which.entryId}.eml`, false);
}
