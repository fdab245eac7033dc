import type { MessageEntry, PlannedMessage } from '@rapport/contract';
import { mustBeAllowed, type AgentActor, type Ctx } from '../platform/context.ts';
import { cleanWritten } from './clean-text.ts';
import { openCase, type OpenCase } from './create-case.ts';
import { lockRecord, type CaseRecord } from './case-store.ts';
import { writeDraft } from './draft-store.ts';
import { planOnHeld } from './planned/plan-message.ts';

type AgentCtx = Ctx & { actor: AgentActor };

export interface BeginOutgoing extends OpenCase {
  message: { text: string; html?: string | undefined; cc?: readonly string[] | undefined; bcc?: readonly string[] | undefined; from?: string | undefined };
  /** Keep the mail as a draft on the new case instead of sending it. */
  asDraft: boolean;
}

/** Begins a case with a mail of ours to a customer, known or new; it can be taken back like any other. The case is open and lies with the agent until the mail goes out, then it waits for the customer. */
export async function beginOutgoing(ctx: AgentCtx, input: BeginOutgoing): Promise<{ caseId: string; number: number; planned: PlannedMessage | null; entry: MessageEntry | null }> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const opened = await openCase(ctx, input);
  const record = (await lockRecord(ctx, opened.id)) as CaseRecord;
  const to = [input.customer.email.toLowerCase()];
  const { text, html, cc = [], bcc = [], from } = input.message;
  const about = { caseId: record.id, number: record.number };
  if (input.asDraft) {
    const written = cleanWritten({ text, html });
    const recipients = { to, cc: [...cc], bcc: [...bcc], from: from ?? null, subject: null, forwardOf: null, originalFileIds: [] };
    await writeDraft(ctx, record.id, ctx.actor.agentId, { mode: 'reply', body: written.text, html: written.html, recipients, attachment_ids: [], revision: 1, updated_at: ctx.clock.now() }, undefined);
    return { ...about, planned: null, entry: null };
  }
  // The case's subject is the mail's; nothing was written yet that it could answer.
  return { ...about, ...(await planOnHeld(ctx, record, { message: { kind: 'reply', text, html, to, cc, bcc, from } })) };
}
