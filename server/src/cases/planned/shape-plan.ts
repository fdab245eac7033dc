import type { PlannedMessage } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { selectUnsent } from '../attachment-store.ts';
import type { PlanRow } from './plan-store.ts';

/** Two of the refusals are told by name; for all others there are a code and words. */
function whyHeld({ reason }: Pick<PlanRow, 'reason'>): Pick<PlannedMessage, 'reason' | 'code'> {
  if (reason === null || reason === 'newer_message' || reason === 'case_closed') return { reason, code: null };
  return { reason: 'refused', code: reason === 'refused' ? null : reason };
}

export async function shapePlan(ctx: Ctx, row: PlanRow): Promise<PlannedMessage> {
  const { content } = row;
  const attachments = row.attachment_ids.length === 0 ? [] : await selectUnsent(ctx, row.case_id, row.attachment_ids);
  return {
    id: row.id, caseId: row.case_id, kind: content.kind, hold: row.hold, state: row.state, ...whyHeld(row), detail: row.detail, sendAt: row.send_at.toISOString(), timeZone: row.time_zone,
    author: { id: row.author_id, name: row.author_name }, createdAt: row.created_at.toISOString(), text: content.text, html: 'html' in content && typeof content.html === 'string' ? content.html : null,
    to: [...content.to], cc: [...(content.cc ?? [])], bcc: [...(content.bcc ?? [])], from: content.from ?? null, subject: content.subject ?? null, attachments,
  };
}
