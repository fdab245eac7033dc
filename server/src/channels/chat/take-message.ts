import type { ChatMessage } from '@rapport/contract';
import { findOrCreateByIdentity } from '../../customers/index.ts';
import { getEntry, receive } from '../../cases/index.ts';
import { maskCardNumbers } from '../../platform/card-numbers.ts';
import { inAccount, type Platform } from '../../platform/context.ts';
import { storableText } from '../../platform/storable.ts';
import { shapeForVisitor } from './read-messages.ts';
import { actor, type Site } from './site.ts';
import { noteWriting } from './visitor-store.ts';
import { conversationOf, getVisitor } from './visitors.ts';

export interface VisitorMessage {
  /** Made by the browser before it sends: sent again, it is the same message. */
  clientId: string;
  text: string;
  page: string;
}

/** Puts what a visitor wrote on their case, or begins one. It is durable when this returns. Throws `no_such_visitor`. */
export async function takeMessage(platform: Platform, site: Site, key: string, message: VisitorMessage): Promise<ChatMessage> {
  const { text, masked } = maskCardNumbers(storableText(message.text));
  const page = maskCardNumbers(storableText(message.page)).text;
  return inAccount(platform, site.accountId, actor, async (ctx) => {
    const visitor = await getVisitor(ctx, site, key);
    const identity = { kind: 'visitor' as const, value: visitor.id };
    const conversation = conversationOf(visitor.id);
    const name = visitor.name || null;
    const { caseId, entryId } = await receive(ctx, {
      inboxId: site.inbox.id, channel: 'chat', door: 'chat', dedupeKey: `${visitor.id}:${message.clientId}`, occurredAt: ctx.clock.now(), from: { address: '', name }, identity, conversation, visitor: { email: visitor.email, page },
      to: [], cc: [], replyTo: [], subject: '', text, html: null, hasRemoteContent: false, attachments: [], rawKey: null, rawBytes: Buffer.byteLength(text), maskedCardNumbers: masked, messageId: message.clientId, automatic: null,
      thread: { caseId: null, answers: [conversation], own: [conversation], caseNumber: null },
    });
    const customer = await findOrCreateByIdentity(ctx, { ...identity, name });
    await noteWriting(ctx, visitor.id, customer.id, page);
    const entry = await getEntry(ctx, caseId, entryId);
    if (entry.kind !== 'message') throw new Error('What was received is no message.');
    return shapeForVisitor({ ...entry, messageId: message.clientId });
  });
}
