import type { MessageEntry } from '@rapport/contract';
import { findAgentAccess } from '../../accounts/index.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { aboutCase } from '../announce-case.ts';
import { lockRecord, type CaseRecord } from '../case-store.ts';
import { findNewerMessage } from '../entry-store.ts';
import { writeForward } from '../forward.ts';
import { writeReply } from '../reply.ts';
import { deletePlan, findPlan, lockPlan, savePlan, type PlanRow } from './plan-store.ts';

type Reason = NonNullable<PlanRow['reason']>;

/**
 * The message goes out under its writer's name, whoever or whatever sends it off. They could see the case when they wrote it; that it lies with another team by now changes nothing, but
 * whoever has left, or may not answer any more, sends nothing.
 */
async function asAuthor(ctx: Ctx, row: PlanRow): Promise<Ctx & { actor: AgentActor }> {
  const access = await findAgentAccess(ctx, row.author_id);
  if (!access?.isActive || !access.permissions.has('case.reply')) throw new Refusal('not_allowed', `${row.author_name} may not answer customers any more.`);
  return { ...ctx, actor: { kind: 'agent', agentId: row.author_id, name: row.author_name, permissions: access.permissions, caseScope: 'all', teamIds: access.teamIds, address: '' } };
}

/** Writes a planned message on its locked case and ends its plan, in the same transaction. A draft that was begun meanwhile is another message's and stays. */
export async function sendPlan(ctx: Ctx, record: CaseRecord, row: PlanRow): Promise<MessageEntry> {
  const author = await asAuthor(ctx, row);
  const { content } = row;
  await deletePlan(ctx, row.id);
  const entry = content.kind === 'reply' ? await writeReply(author, record, { ...content, caseId: record.id }) : await writeForward(author, record, { ...content, caseId: record.id });
  await announce(ctx, 'plan.changed', { ...aboutCase(record), planId: row.id, authorId: row.author_id, state: 'sent' });
  return entry;
}

/** A person must decide: the message stays on the case and does nothing by itself. */
export async function holdBack(ctx: Ctx, record: CaseRecord, row: PlanRow, reason: Reason, detail: string | null = null): Promise<void> {
  await savePlan(ctx, { ...row, state: 'held_back', reason, detail });
  await announce(ctx, 'plan.changed', { ...aboutCase(record), planId: row.id, authorId: row.author_id, state: 'held_back' });
}

/** The case of a plan, locked, and the plan, locked after it: everything that changes a case takes its lock first. */
export async function holdPlan(ctx: Ctx, planId: string): Promise<{ record: CaseRecord; row: PlanRow } | undefined> {
  for (let tries = 0; tries < 3; tries += 1) {
    const found = await findPlan(ctx, planId);
    const record = found && (await lockRecord(ctx, found.case_id));
    if (!record) return undefined;
    const row = await lockPlan(ctx, record.id, planId);
    // Between the two looks its case was merged: it lies on the other one now.
    if (row) return { record, row };
  }
  return undefined;
}

export type Release = 'sent' | 'held_back' | 'not_due' | 'gone';

/** Sends a message off whose time has come, or holds it back when somebody wrote meanwhile. Throws a Refusal, with nothing changed, when it cannot be sent. */
export async function releasePlan(ctx: Ctx, planId: string): Promise<Release> {
  const held = await holdPlan(ctx, planId);
  if (!held) return 'gone';
  const { record, row } = held;
  if (row.state !== 'waiting' || row.send_at > ctx.clock.now()) return 'not_due';
  if (record.status === 'closed') {
    await holdBack(ctx, record, row, 'case_closed');
    return 'held_back';
  }
  if (record.removedAs !== null) {
    await holdBack(ctx, record, row, 'case_aside', 'The case is spam or deleted. Bring it back first.');
    return 'held_back';
  }
  if (row.content.kind === 'reply' && row.seen_entry_id !== null && (await findNewerMessage(ctx, record.id, row.seen_entry_id, row.author_id)) !== undefined) {
    await holdBack(ctx, record, row, 'newer_message');
    return 'held_back';
  }
  await sendPlan(ctx, record, row);
  return 'sent';
}
