import type { MessageEntry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { selectConversation } from './entry-store.ts';
import type { MessageDetail } from './message-detail.ts';
import { shapeMessage } from './shape-entry.ts';

export type ConversationMessage = MessageEntry & { /** The id it has on its channel. */ messageId: string | null };

const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** A conversation as its channel hands it to the other end: messages only, oldest first, `limit` of those behind `after`. */
export async function listConversation(ctx: Ctx, query: { conversation: string; after?: string | undefined; limit: number }): Promise<{ items: ConversationMessage[]; hasMore: boolean }> {
  const rows = await selectConversation(ctx, query.conversation, query.after ?? BEGINNING, query.limit + 1);
  return { items: rows.slice(0, query.limit).map((row) => ({ ...shapeMessage(row), messageId: (row.detail as MessageDetail).messageId })), hasMore: rows.length > query.limit };
}
