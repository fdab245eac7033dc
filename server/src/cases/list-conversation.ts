import type { MessageEntry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { selectConversation, selectConversationCase, selectConversationFile, selectReadUpTo, type AttachmentRow } from './entry-store.ts';
import type { MessageDetail } from './message-detail.ts';
import { shapeMessage } from './shape-entry.ts';

export type ConversationMessage = MessageEntry & { /** The id it has on its channel. */ messageId: string | null };

const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** A conversation as its channel hands it to the other end: messages only, oldest first, `limit` of those behind `after`. */
export async function listConversation(ctx: Ctx, query: { conversation: string; after?: string | undefined; limit: number }): Promise<{ items: ConversationMessage[]; hasMore: boolean }> {
  const rows = await selectConversation(ctx, query.conversation, query.after ?? BEGINNING, query.limit + 1);
  return { items: rows.slice(0, query.limit).map((row) => ({ ...shapeMessage(row), messageId: (row.detail as MessageDetail).messageId })), hasMore: rows.length > query.limit };
}

/** The case on which a conversation goes on now; undefined before its first message. */
export function findConversationCase(ctx: Ctx, conversation: string): Promise<string | undefined> {
  return selectConversationCase(ctx, conversation);
}

/** A file of one of its messages; undefined for a file of anything else. */
export function findConversationFile(ctx: Ctx, conversation: string, fileId: string): Promise<(AttachmentRow & { fileKey: string }) | undefined> {
  return selectConversationFile(ctx, conversation, fileId);
}

/** The last entry of a case that anybody of the desk has read. */
export function findReadUpTo(ctx: Ctx, caseId: string): Promise<string | undefined> {
  return selectReadUpTo(ctx, caseId);
}
