import { channelTraits, type MessageEntry, type PlannedMessage } from '@rapport/contract';
import { getUndoSeconds } from '../../accounts/index.ts';
import { mustBeAllowed, type AgentActor, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { aboutCase } from '../announce-case.ts';
import { selectWaiting } from '../attachment-store.ts';
import type { CaseRecord } from '../case-store.ts';
import { mustBeAllowedAlso } from '../also-change.ts';
import { cleanText, cleanWritten } from '../clean-text.ts';
import { clearDraft } from '../clear-draft.ts';
import { writeForward } from '../forward.ts';
import { outgoingFrom, outgoingRecipients } from '../outgoing-recipients.ts';
import { mustHaveSeenAll, writeReply } from '../reply.ts';
import { holdChangeableCase } from '../see-case.ts';
import { wayOf } from '../way-out.ts';
import { insertPlan, type PlanRow, type PlannedContent } from './plan-store.ts';
import { enqueueRelease } from './release-job.ts';
import { shapePlan } from './shape-plan.ts';

type AgentCtx = Ctx & { actor: AgentActor };

export interface PlanMessage {
  caseId: string;
  message: PlannedContent & { seenEntryId?: string | undefined };
  /** Undefined: for the account's undo seconds. */
  sendAt?: string | undefined;
  timeZone?: string | undefined;
}

export interface Planned {
  planned: PlannedMessage | null;
  entry: MessageEntry | null;
}

// Mail servers and people change; what waits longer than this is a reminder, not a mail.
const LONGEST_DAYS = 366;

/** The time as it was chosen. Refuses `time_has_passed`. */
export function mustBeAhead(ctx: Pick<Ctx, 'clock'>, chosen: string): Date {
  const at = new Date(chosen);
  const aheadMs = at.getTime() - ctx.clock.now().getTime();
  if (aheadMs <= 0) throw new Refusal('time_has_passed', 'Choose a time that is still to come.');
  if (aheadMs > LONGEST_DAYS * 86_400_000) throw new Refusal('invalid_request', 'sendAt: Choose a time within a year.');
  return at;
}

/** Text is masked before it is kept anywhere; the rest is pointers and addresses. */
function kept(message: PlanMessage['message']): PlannedContent {
  const { seenEntryId: _, ...content } = message as PlanMessage['message'] & { seenEntryId?: string };
  const { text, html } = cleanWritten(content);
  return { ...content, text, ...(content.html === undefined || html === null ? {} : { html }), ...(content.subject === undefined ? {} : { subject: cleanText(content.subject).text }) };
}

/** What is refused anyway is refused now, while its writer is there to mend it. */
async function mustBeSendable(ctx: AgentCtx, record: CaseRecord, message: PlanMessage['message']): Promise<void> {
  const way = await wayOf(ctx, record, message);
  await outgoingRecipients(ctx, way, message);
  if (message.kind === 'reply' && message.also !== undefined) mustBeAllowedAlso(ctx, message.also);
  await outgoingFrom(ctx, { ...record, ...way }, message.from);
  const ids = [...new Set(message.attachmentIds ?? [])];
  if (ids.length > 0 && (await selectWaiting(ctx, record.id, ctx.actor.agentId, ids)).length !== ids.length) throw new Refusal('invalid_request', 'message.attachmentIds: One of the files is not there any more or was sent already. Upload it again.');
  if (message.kind === 'reply' && message.seenEntryId !== undefined) await mustHaveSeenAll(ctx, record.id, message.seenEntryId);
}

/**
 * Keeps an answer or a forward until its time: the account's undo seconds, or a chosen time. It is durable when this returns, and its draft is empty. Without undo seconds it is queued at
 * once. Refuses what sending it would refuse, and `time_has_passed`.
 */
export async function planMessage(ctx: AgentCtx, input: PlanMessage): Promise<Planned> {
  mustBeAllowed(ctx.actor, 'case.reply');
  return planOnHeld(ctx, await holdChangeableCase(ctx, input.caseId), input);
}

/** The same on a case that is locked already. */
export async function planOnHeld(ctx: AgentCtx, record: CaseRecord, input: Omit<PlanMessage, 'caseId'>): Promise<Planned> {
  const now = ctx.clock.now();
  // Whoever is at the other end waits: words there are never held back.
  const way = await wayOf(ctx, record, input.message);
  const undoMs = input.sendAt === undefined && !channelTraits[way.channel].isLive ? (await getUndoSeconds(ctx)) * 1000 : 0;
  const sendAt = input.sendAt === undefined ? new Date(now.getTime() + undoMs) : mustBeAhead(ctx, input.sendAt);
  await mustBeSendable(ctx, record, input.message);
  await clearDraft(ctx, record.id, input.message.kind);
  if (input.sendAt === undefined && undoMs === 0) {
    const { message } = input;
    return { planned: null, entry: message.kind === 'reply' ? await writeReply(ctx, record, { ...message, caseId: record.id }) : await writeForward(ctx, record, { ...message, caseId: record.id }) };
  }
  const { agentId, name } = ctx.actor;
  const content = kept(input.message);
  const seen = input.message.kind === 'reply' ? (input.message.seenEntryId ?? record.lastEntryId) : record.lastEntryId;
  const row: PlanRow = {
    id: newId(), case_id: record.id, hold: input.sendAt === undefined ? 'undo' : 'schedule', state: 'waiting', reason: null, detail: null, send_at: sendAt, time_zone: input.timeZone ?? null, author_id: agentId, author_name: name,
    content, attachment_ids: [...(content.attachmentIds ?? [])], seen_entry_id: seen, version: 1, created_at: now,
  };
  await insertPlan(ctx, row);
  await enqueueRelease(ctx, row);
  await announce(ctx, 'plan.changed', { ...aboutCase(record), planId: row.id, authorId: agentId, state: 'waiting' });
  return { planned: await shapePlan(ctx, row), entry: null };
}
