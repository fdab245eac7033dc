import { channelTraits, type MessageEntry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import { holdChangeableCase } from './see-case.ts';
import { shapeMessage } from './shape-entry.ts';
import { writeMessage } from './write-message.ts';

/**
 * Sends a text that nobody wrote for this matter, such as the confirmation that a message arrived. It is marked as automatic and answers nothing: the customer
 * goes on waiting. Where the channel has no addresses it goes to whoever is at the other end. For the system only.
 */
export async function sendAutomatically(ctx: Ctx, input: { caseId: string; text: string; to: readonly string[]; surveyAskId?: string }): Promise<MessageEntry> {
  if (ctx.actor.kind !== 'system') throw new Refusal('not_allowed', 'Automatic messages are sent by Rapport itself.');
  const before = await holdChangeableCase(ctx, input.caseId);
  const { record, row, inbox, conversation } = await writeMessage(ctx, before, { text: input.text, to: channelTraits[before.channel].isAddressed ? input.to.map((address) => address.trim().toLowerCase()) : [], cc: [], attachmentIds: [], automatic: 'auto_reply', surveyAskId: input.surveyAskId, thenStatus: undefined });
  await announce(ctx, 'message.queued', { ...aboutCase(record), entryId: row.id, inboxId: inbox.id, channel: record.channel, ...(conversation === undefined ? {} : { conversation }) });
  return shapeMessage(row);
}
