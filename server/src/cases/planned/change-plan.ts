import type { MessageEntry, PlannedMessage } from '@rapport/contract';
import { mustBeAllowed, type AgentActor, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { textToHtml } from '../../platform/text-to-html.ts';
import { aboutCase } from '../announce-case.ts';
import { handOverUnsent } from '../attachment-store.ts';
import type { CaseRecord } from '../case-store.ts';
import { lockDraft, writeDraft, type DraftRow } from '../draft-store.ts';
import { holdCase, holdChangeableCase, seeCase } from '../see-case.ts';
import { deletePlan, lockPlan, savePlan, selectPlans, type PlanRow } from './plan-store.ts';
import { mustBeAhead } from './plan-message.ts';
import { enqueueRelease } from './release-job.ts';
import { sendPlan } from './release.ts';
import { shapePlan } from './shape-plan.ts';

type AgentCtx = Ctx & { actor: AgentActor };
interface Which {
  caseId: string;
  planId: string;
}

/** What waits to be sent on a case, soonest first. */
export async function listPlanned(ctx: Ctx, caseId: string): Promise<{ items: PlannedMessage[] }> {
  const record = await seeCase(ctx, caseId);
  const items: PlannedMessage[] = [];
  for (const row of await selectPlans(ctx, record.id)) items.push(await shapePlan(ctx, row));
  return { items };
}

/** Once it was handed over nobody gets it back: the honest answer to whoever is too late. */
async function mustStillWait(ctx: Ctx, record: CaseRecord, planId: string): Promise<PlanRow> {
  const row = await lockPlan(ctx, record.id, planId);
  if (!row) throw new Refusal('too_late', 'It has been handed over for sending, or was taken back elsewhere. The case shows which.');
  return row;
}

/** Gives a message that waits another time; one that was held back waits again, and whoever wrote meanwhile counts as read. Refuses `too_late` and `time_has_passed`. */
export async function reschedule(ctx: Ctx, input: Which & { sendAt: string; timeZone?: string | undefined }): Promise<PlannedMessage> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const record = await holdChangeableCase(ctx, input.caseId);
  const row = await mustStillWait(ctx, record, input.planId);
  const sendAt = mustBeAhead(ctx, input.sendAt);
  const next: PlanRow = { ...row, hold: 'schedule', state: 'waiting', reason: null, detail: null, send_at: sendAt, time_zone: input.timeZone ?? row.time_zone, seen_entry_id: row.state === 'held_back' ? record.lastEntryId : row.seen_entry_id };
  await savePlan(ctx, next);
  await enqueueRelease(ctx, next);
  await announce(ctx, 'plan.changed', { ...aboutCase(record), planId: row.id, authorId: row.author_id, state: 'waiting' });
  return shapePlan(ctx, next);
}

/** Sends it now, whoever wrote meanwhile: a person has decided. Refuses `too_late` and what refuses the message itself. */
export async function sendPlannedNow(ctx: Ctx, input: Which): Promise<MessageEntry> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const record = await holdChangeableCase(ctx, input.caseId);
  return sendPlan(ctx, record, await mustStillWait(ctx, record, input.planId));
}

const joined = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

/** Formatted as soon as one of the two is. */
function joinedHtml(content: PlanRow['content'], begun: DraftRow | undefined): string | null {
  const second = begun?.html ?? null;
  if (content.html === undefined && second === null) return null;
  return `${content.html ?? textToHtml(content.text)}${second ?? (begun && begun.body.trim() !== '' ? textToHtml(begun.body) : '')}`;
}

/** Nothing that was begun meanwhile is lost: what comes back stands before it. A draft of the very same words is the one it was written from, saved late. */
function draftOf(row: PlanRow, kept: DraftRow | undefined, now: Date): DraftRow {
  const { content } = row;
  const begun = kept && kept.body.trim() === content.text.trim() ? { ...kept, body: '', html: null } : kept;
  const text = [content.text, begun?.body ?? ''].filter((part) => part.trim() !== '').join('\n\n');
  return {
    mode: content.kind, body: text, html: joinedHtml(content, begun), attachment_ids: joined(content.attachmentIds ?? [], begun?.attachment_ids ?? []), revision: (begun?.revision ?? 0) + 1, updated_at: now,
    recipients: {
      to: joined(content.to, begun?.recipients.to ?? []), cc: joined(content.cc ?? [], begun?.recipients.cc ?? []), bcc: joined(content.bcc ?? [], begun?.recipients.bcc ?? []), from: content.from ?? null, subject: content.subject ?? null,
      forwardOf: content.kind === 'forward' ? content.entryId : null, originalFileIds: content.kind === 'forward' ? [...(content.originalFileIds ?? [])] : [],
    },
  };
}

/**
 * Takes a message back: it will not be sent, and what was written is the draft of whoever took it back. It is either this or sent, never both: both end the plan under the lock
 * of its case. Refuses `too_late`.
 */
export async function takeBack(ctx: AgentCtx, input: Which): Promise<{ mode: 'reply' | 'forward'; revision: number }> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const record = await holdCase(ctx, input.caseId);
  const row = await mustStillWait(ctx, record, input.planId);
  const { agentId } = ctx.actor;
  const begun = await lockDraft(ctx, record.id, agentId, row.content.kind);
  const draft = draftOf(row, begun, ctx.clock.now());
  if (!(await writeDraft(ctx, record.id, agentId, draft, begun?.revision))) throw new Refusal('changed_meanwhile', 'A draft was begun at the same moment. Take it back once more.');
  if (row.attachment_ids.length > 0) await handOverUnsent(ctx, record.id, agentId, row.attachment_ids);
  await deletePlan(ctx, row.id);
  await announce(ctx, 'plan.changed', { ...aboutCase(record), planId: row.id, authorId: row.author_id, state: 'taken_back' });
  await announce(ctx, 'draft.saved', { agentId, caseId: record.id, mode: draft.mode, revision: draft.revision });
  return { mode: row.content.kind, revision: draft.revision };
}
