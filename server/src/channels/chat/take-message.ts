import type { ChatMessage } from '@rapport/contract';
import { findOrCreateByIdentity } from '../../customers/index.ts';
import { getEntry, receive } from '../../cases/index.ts';
import { maskCardNumbers } from '../../platform/card-numbers.ts';
import { inAccount, type Platform } from '../../platform/context.ts';
import { storableText } from '../../platform/storable.ts';
import { Refusal } from '../../platform/refusal.ts';
import { takeFiles } from './file-store.ts';
import { joinLine } from './line.ts';
import { shapeForVisitor } from './read-messages.ts';
import { actor, type Site } from './site.ts';
import { noteAddress, noteWriting } from './visitor-store.ts';
import { conversationOf, getVisitor } from './visitors.ts';

export interface VisitorMessage {
  /** Made by the browser before it sends: sent again, it is the same message. */
  clientId: string;
  text: string;
  page: string;
  /** Handed in before, by the same visitor. */
  fileIds: readonly string[];
  /** Where they can be reached, when they say so now. */
  email?: string | undefined;
}

/** Puts what a visitor wrote on their case, or begins one. It is durable when this returns. Throws `no_such_visitor`, and `invalid_request` for files that are not there. */
export async function takeMessage(platform: Platform, site: Site, key: string, message: VisitorMessage): Promise<{ message: ChatMessage; caseId: string }> {
  const { text, masked } = maskCardNumbers(storableText(message.text));
  const page = maskCardNumbers(storableText(message.page)).text;
  return inAccount(platform, site.accountId, actor, async (ctx) => {
    const known = await getVisitor(ctx, site, key);
    // An address that the site vouches for is not replaced by one that somebody types.
    const visitor = message.email === undefined || known.is_email_verified ? known : { ...known, email: message.email.toLowerCase() };
    if (visitor !== known) await noteAddress(ctx, visitor.id, visitor.email);
    const identity = visitor.is_email_verified ? { kind: 'email' as const, value: visitor.email } : { kind: 'visitor' as const, value: visitor.id };
    const conversation = conversationOf(visitor.id);
    const name = visitor.name || null;
    const files = await takeFiles(ctx, visitor.id, message.fileIds);
    const { caseId, entryId, outcome } = await receive(ctx, {
      inboxId: site.inbox.id, channel: 'chat', door: 'chat', dedupeKey: `${visitor.id}:${message.clientId}`, occurredAt: ctx.clock.now(), from: { address: '', name }, identity, conversation, visitor: { email: visitor.email, page },
      to: [], cc: [], replyTo: [], subject: text === '' ? (files[0]?.filename ?? '') : '', text, html: null, hasRemoteContent: false, attachments: files.map(({ id: _id, ...file }) => ({ ...file, contentId: null, isInline: false })), rawKey: null, rawBytes: Buffer.byteLength(text), maskedCardNumbers: masked, messageId: message.clientId, automatic: null,
      thread: { caseId: null, answers: [conversation], own: [conversation], caseNumber: null },
    });
    // The same message again has its files already.
    if (outcome !== 'duplicate' && files.length < new Set(message.fileIds).size) throw new Refusal('invalid_request', 'body.fileIds: One of the files is not there any more. Add it again.');
    const customer = await findOrCreateByIdentity(ctx, { ...identity, name });
    await noteWriting(ctx, visitor.id, customer.id, page);
    if (outcome !== 'duplicate') await joinLine(ctx, site, { visitorId: visitor.id, customerId: customer.id, caseId });
    const entry = await getEntry(ctx, caseId, entryId);
    if (entry.kind !== 'message') throw new Error('What was received is no message.');
    return { message: shapeForVisitor({ ...entry, messageId: message.clientId }), caseId };
  });
}
