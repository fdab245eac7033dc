import { mostChatFiles, type ChatFile } from '@rapport/contract';
import { cleanFile, findConversationFile, streamed } from '../../cases/index.ts';
import { inAccount, type Ctx, type Platform } from '../../platform/context.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { countFiles, insertFile } from './file-store.ts';
import { actor, type Site } from './site.ts';
import { lockVisitor } from './visitor-store.ts';
import { conversationOf, getVisitor } from './visitors.ts';

/** Keeps a file for a visitor's next message. Throws `no_such_visitor`, and `too_many_attachments` when as many wait as one message can have. */
export async function takeFile(platform: Platform, site: Site, key: string, file: { filename: string; mediaType: string; content: Buffer }): Promise<ChatFile> {
  const inSite = <T>(work: Parameters<typeof inAccount<T>>[3]) => inAccount(platform, site.accountId, actor, work);
  const mustHaveRoom = async (ctx: Ctx, visitorId: string): Promise<void> => {
    if ((await countFiles(ctx, visitorId)) >= mostChatFiles) throw new Refusal('too_many_attachments', `One message can have ${mostChatFiles} files. Send these first.`);
  };
  // Nobody fills the store without a key or beyond what a message can have; looked at again below, where two come at once.
  const visitorId = await inSite(async (ctx) => {
    const { id } = await getVisitor(ctx, site, key);
    await mustHaveRoom(ctx, id);
    return id;
  });
  const { filename, mediaType, content } = await cleanFile(file);
  const stored = await platform.files.put(site.accountId, content);
  const kept = { id: newId(), filename, mediaType, bytes: stored.bytes };
  await inSite(async (ctx) => {
    await lockVisitor(ctx, visitorId);
    await mustHaveRoom(ctx, visitorId);
    await insertFile(ctx, visitorId, { ...kept, fileKey: stored.key });
  });
  return kept;
}

/** A file of the visitor's own conversation, whoever sent it. Throws `no_such_visitor` and `not_found`. */
export async function openFile(platform: Platform, site: Site, key: string, fileId: string): Promise<FileReply> {
  const found = await inAccount(platform, site.accountId, actor, async (ctx) => findConversationFile(ctx, conversationOf((await getVisitor(ctx, site, key)).id), fileId));
  if (!found) throw new Refusal('not_found', 'This file does not exist.');
  return streamed(platform, found.fileKey, found.mediaType, found.filename, false);
}
