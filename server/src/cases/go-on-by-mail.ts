import type { MessageEntry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import { findNewestIncomingId } from './entry-store.ts';
import { outgoingFrom } from './outgoing-recipients.ts';
import { holdChangeableCase } from './see-case.ts';
import { shapeMessage } from './shape-entry.ts';
import { wayOf } from './way-out.ts';
import { writeMessage } from './write-message.ts';

/**
 * Sends as a mail what people answered in a live conversation whose other end has gone. It is no new answer: the case stays as it is. For the system only.
 * Refuses `case_closed`, and `nobody_to_answer` where no inbox is set to send it.
 */
export async function goOnByMail(ctx: Ctx, { caseId, text, to }: { caseId: string; text: string; to: string }): Promise<MessageEntry> {
  if (ctx.actor.kind !== 'system') throw new Refusal('not_allowed', 'Rapport itself goes on by mail.');
  const before = await holdChangeableCase(ctx, caseId);
  const way = await wayOf(ctx, before, { to: [to] });
  const from = await outgoingFrom(ctx, { ...before, ...way }, undefined);
  const quoteOf = before.lastIncomingId === null ? undefined : await findNewestIncomingId(ctx, before.id);
  const { record, row, inbox } = await writeMessage(ctx, before, { text, to: [to], cc: [], from, way, quoteOf, attachmentIds: [], automatic: null, thenStatus: undefined });
  await announce(ctx, 'message.queued', { ...aboutCase(record), entryId: row.id, inboxId: inbox.id, channel: way.channel });
  return shapeMessage(row);
}
