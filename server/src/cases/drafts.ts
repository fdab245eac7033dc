import type { Draft } from '@rapport/contract';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { selectWaiting } from './attachment-store.ts';
import { cleanText, cleanWritten } from './clean-text.ts';
import { lockDraft, selectDrafts, writeDraft, type DraftRow } from './draft-store.ts';
import { mustBeThere, seeCase } from './see-case.ts';

type AgentCtx = Ctx & { actor: AgentActor };

export interface SaveDraft {
  caseId: string;
  mode: DraftRow['mode'];
  text: string;
  html?: string | null;
  to: string[];
  cc: string[];
  bcc?: string[];
  from?: string | null;
  subject?: string | null;
  forwardOf?: string | null;
  originalFileIds?: string[];
  attachmentIds: string[];
  /** The revision this builds on; 0 when the writer knows of none. */
  revision: number;
}

const isEmpty = (draft: Pick<DraftRow, 'body' | 'attachment_ids'>): boolean => draft.body.trim() === '' && draft.attachment_ids.length === 0;

async function shapeDraft(ctx: AgentCtx, caseId: string, row: DraftRow): Promise<Draft> {
  const attachments = row.attachment_ids.length === 0 ? [] : await selectWaiting(ctx, caseId, ctx.actor.agentId, row.attachment_ids);
  attachments.sort((a, b) => row.attachment_ids.indexOf(a.id) - row.attachment_ids.indexOf(b.id));
  const { to, cc, bcc = [], from = null, subject = null, forwardOf = null, originalFileIds = [] } = row.recipients;
  return { mode: row.mode, text: row.body, html: row.html ?? null, to, cc, bcc, from, subject, forwardOf, originalFileIds, attachmentIds: attachments.map((file) => file.id), attachments, updatedAt: row.updated_at.toISOString(), revision: row.revision };
}

// What stands in the fields for addresses need not be one yet.
const masked = (typed: string): string => cleanText(typed).text;

const recipientsIn = ({ to, cc, bcc = [], from = null, subject = null, forwardOf = null, originalFileIds = [] }: SaveDraft): DraftRow['recipients'] => ({
  to: to.map(masked), cc: cc.map(masked), bcc: bcc.map(masked), from, subject: subject === null ? null : cleanText(subject).text, forwardOf, originalFileIds,
});

/** This agent's own drafts on a case; nobody else sees them. */
export async function listDrafts(ctx: AgentCtx, caseId: string): Promise<{ items: Draft[] }> {
  await seeCase(ctx, caseId);
  const rows = (await selectDrafts(ctx, caseId, ctx.actor.agentId)).filter((row) => !isEmpty(row));
  const items: Draft[] = [];
  for (const row of rows) items.push(await shapeDraft(ctx, caseId, row));
  return { items };
}

/**
 * Keeps a draft. One that builds on an older revision is refused (`changed_meanwhile`, with the kept one in `draft`), so that a second window or a slow request never
 * overwrites newer words. An empty one counts as removed and answers null. A writer who knows of no draft (revision 0) may begin anew where the last one was sent or removed.
 */
export async function saveDraft(ctx: AgentCtx, input: SaveDraft): Promise<Draft | null> {
  const record = await seeCase(ctx, input.caseId);
  // Its drafts went along; words kept here would be seen by nobody.
  if (record.mergedIntoId !== null) await mustBeThere(ctx, record);
  const { agentId } = ctx.actor;
  const kept = await lockDraft(ctx, input.caseId, agentId, input.mode);
  const isAnew = kept !== undefined && isEmpty(kept) && input.revision === 0;
  if (kept && kept.revision !== input.revision && !isAnew) throw new Refusal('changed_meanwhile', 'A newer version of this draft is kept; take it over or write again.', { extra: { draft: isEmpty(kept) ? null : await shapeDraft(ctx, input.caseId, kept) } });
  const written = cleanWritten(input);
  const row: DraftRow = {
    mode: input.mode, body: written.text, html: written.html, recipients: recipientsIn(input), attachment_ids: input.attachmentIds, revision: (kept?.revision ?? input.revision) + 1, updated_at: ctx.clock.now(),
  };
  if (!kept && isEmpty(row)) return null;
  if (!(await writeDraft(ctx, input.caseId, agentId, row, kept?.revision))) throw new Refusal('changed_meanwhile', 'A newer version of this draft is kept; take it over or write again.');
  await announce(ctx, 'draft.saved', { agentId, caseId: input.caseId, mode: input.mode, revision: row.revision });
  return isEmpty(row) ? null : shapeDraft(ctx, input.caseId, row);
}
