import type { ChatMessage } from '@rapport/contract';
import { listConversation, recordDelivery, type ConversationMessage } from '../../cases/index.ts';
import { inAccount, type Ctx, type Platform } from '../../platform/context.ts';
import { actor } from './site.ts';
import { lockVisitor, noteSeen } from './visitor-store.ts';
import { conversationOf } from './visitors.ts';

const PAGE = 100;

/** What a visitor is shown of a message: never an address, a note's author or anything of the desk's own. */
export function shapeForVisitor(message: ConversationMessage): ChatMessage {
  const isTheirs = message.direction === 'in';
  return {
    id: message.id, clientId: isTheirs ? message.messageId : null, from: isTheirs ? 'visitor' : message.author.kind === 'agent' ? 'agent' : 'desk', name: isTheirs ? '' : message.author.name, text: message.text, files: message.attachments.map(({ id, filename, mediaType, bytes }) => ({ id, filename, mediaType, bytes })), at: message.occurredAt,
  };
}

/** A visitor's conversation behind one message, oldest first. */
export async function readMessages(ctx: Ctx, visitorId: string, after: string | undefined): Promise<{ items: ChatMessage[]; hasMore: boolean }> {
  const { items, hasMore } = await listConversation(ctx, { conversation: conversationOf(visitorId), after, limit: PAGE });
  return { items: items.map(shapeForVisitor), hasMore };
}

/** Their browser has our messages up to one, or has shown them. What it says late or twice changes nothing. */
export async function noteArrival(platform: Platform, accountId: string, visitorId: string, how: 'got' | 'seen', upTo: string): Promise<void> {
  await inAccount(platform, accountId, actor, async (ctx) => {
    const visitor = await lockVisitor(ctx, visitorId);
    if (!visitor || (visitor.seen_id !== null && visitor.seen_id >= upTo)) return;
    const { items } = await listConversation(ctx, { conversation: conversationOf(visitorId), after: visitor.seen_id ?? undefined, limit: PAGE });
    const arrived = items.filter((message) => message.id <= upTo);
    for (const message of arrived) if (message.direction === 'out') await recordDelivery(ctx, { caseId: message.caseId, entryId: message.id, state: how === 'seen' ? 'read' : 'delivered' });
    const last = arrived.at(-1);
    if (how === 'seen' && last) await noteSeen(ctx, visitorId, last.id);
  });
}
