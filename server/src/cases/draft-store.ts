import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

/** Whom and what a draft is for. What is absent or null is as usual. */
export interface DraftRecipients {
  to: string[];
  cc: string[];
  bcc?: string[];
  from?: string | null;
  subject?: string | null;
  forwardOf?: string | null;
  originalFileIds?: string[];
}

export interface DraftRow {
  mode: 'reply' | 'note' | 'forward';
  body: string;
  /** The formatted words; absent or null when they are plain. */
  html?: string | null;
  recipients: DraftRecipients;
  attachment_ids: string[];
  revision: number;
  updated_at: Date;
}

export function selectDrafts(ctx: Ctx, caseId: string, agentId: string): Promise<DraftRow[]> {
  return ctx.tx.named('draft_list', 'select mode, body, html, recipients, attachment_ids, revision, updated_at from draft where account_id = $1 and case_id = $2 and agent_id = $3', [ctx.accountId, caseId, agentId]);
}

export async function lockDraft(ctx: Ctx, caseId: string, agentId: string, mode: DraftRow['mode']): Promise<DraftRow | undefined> {
  const [row] = await ctx.tx.named<DraftRow>(
    'draft_lock',
    'select mode, body, html, recipients, attachment_ids, revision, updated_at from draft where account_id = $1 and case_id = $2 and agent_id = $3 and mode = $4 for update',
    [ctx.accountId, caseId, agentId, mode],
  );
  return row;
}

/** False when another request made the draft at the same moment. */
export async function writeDraft(ctx: Ctx, caseId: string, agentId: string, draft: DraftRow, replaces: number | undefined): Promise<boolean> {
  const rows = await ctx.tx.named(
    'draft_write',
    `insert into draft (account_id, case_id, agent_id, mode, body, recipients, attachment_ids, revision, updated_at, html) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11)
     on conflict (account_id, case_id, agent_id, mode) do update set body = excluded.body, html = excluded.html, recipients = excluded.recipients, attachment_ids = excluded.attachment_ids, revision = excluded.revision, updated_at = excluded.updated_at
       where draft.revision = $10 returning 1`,
    [ctx.accountId, caseId, agentId, draft.mode, draft.body, JSON.stringify(draft.recipients), draft.attachment_ids, draft.revision, draft.updated_at, replaces ?? -1, draft.html ?? null],
  );
  return rows.length > 0;
}

/** Sent: the draft is emptied, not removed, so that a save that was still under way does not bring it back. Answers its new revision. */
export async function emptyDraft(ctx: Ctx, caseId: string, agentId: string, mode: DraftRow['mode']): Promise<number | undefined> {
  const [row] = await ctx.tx.named<{ revision: number }>(
    'draft_empty',
    `update draft set body = '', html = null, recipients = '{"to":[],"cc":[]}', attachment_ids = '{}', revision = revision + 1, updated_at = $5 where account_id = $1 and case_id = $2 and agent_id = $3 and mode = $4 returning revision`,
    [ctx.accountId, caseId, agentId, mode, ctx.clock.now()],
  );
  return row?.revision;
}

/** Over all accounts. */
export async function deleteEmptyDrafts(tx: Tx, before: Date): Promise<void> {
  await tx.run(`delete from draft where body = '' and attachment_ids = '{}' and updated_at < $1`, [before]);
}
