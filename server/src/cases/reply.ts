import type { MessageEntry } from '@rapport/contract';
import { ownAddressesAmong } from '../inboxes/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { emptyDraft } from './draft-store.ts';
import { findEntry, findNewerMessage } from './entry-store.ts';
import { holdChangeableCase } from './see-case.ts';
import { shapeEntry, shapeMessage } from './shape-entry.ts';
import { writeMessage } from './write-message.ts';

export interface Reply {
  caseId: string;
  text: string;
  to: readonly string[];
  cc?: readonly string[];
  attachmentIds?: readonly string[];
  /** The newest entry the writer has seen. */
  seenEntryId?: string | undefined;
  thenStatus?: 'open' | 'pending' | 'on_hold' | 'resolved';
}

const distinct = (list: readonly string[]): string[] => [...new Set(list.map((address) => address.trim().toLowerCase()))];

/** Our own inboxes are taken out: a mail to ourselves would come back as a message of the customer, and go round. */
async function recipientsOf(ctx: Ctx, record: CaseRecord, input: Reply): Promise<{ to: string[]; cc: string[] }> {
  const to = distinct(input.to);
  const cc = distinct(input.cc ?? []).filter((address) => !to.includes(address));
  const own = await ownAddressesAmong(ctx, record.channel, [...to, ...cc]);
  const others = { to: to.filter((address) => !own.has(address)), cc: cc.filter((address) => !own.has(address)) };
  if (others.to.length === 0) throw new Refusal('nobody_to_answer', 'Add the address of somebody outside; our own inboxes get no answers.');
  return others;
}

async function mustHaveSeenAll(ctx: Ctx, caseId: string, seenEntryId: string): Promise<void> {
  const writer = ctx.actor.kind === 'agent' ? ctx.actor.agentId : null;
  const newer = await findNewerMessage(ctx, caseId, seenEntryId, writer);
  if (newer === undefined) return;
  const row = await findEntry(ctx, caseId, newer);
  throw new Refusal('newer_message', 'Read it first; your answer is kept and nothing was sent.', { extra: { entry: row ? shapeEntry(row) : null } });
}

/**
 * Answers the customer. The answer is on the case and queued when this returns; the channel hears `message.queued` and sends it.
 * Refuses `case_closed`, `nobody_to_answer`, `too_many_attachments`, and `newer_message` when a customer or colleague wrote after `seenEntryId`.
 * A status other than pending is shown on the timeline, because somebody chose it.
 */
export async function reply(ctx: Ctx, input: Reply): Promise<MessageEntry> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const before = await holdChangeableCase(ctx, input.caseId);
  if (input.seenEntryId !== undefined) await mustHaveSeenAll(ctx, before.id, input.seenEntryId);
  const { to, cc } = await recipientsOf(ctx, before, input);
  const thenStatus = input.thenStatus ?? 'pending';
  const { record, row, inbox } = await writeMessage(ctx, before, { text: input.text, to, cc, attachmentIds: input.attachmentIds ?? [], automatic: null, thenStatus });
  const final = await showStatus(ctx, before, record);
  if (ctx.actor.kind === 'agent') {
    const { agentId } = ctx.actor;
    const revision = await emptyDraft(ctx, record.id, agentId, 'reply');
    if (revision !== undefined) await announce(ctx, 'draft.saved', { agentId, caseId: record.id, mode: 'reply', revision });
  }
  await announce(ctx, 'message.queued', { ...aboutCase(final), entryId: row.id, inboxId: inbox.id, channel: record.channel });
  if (final.status !== before.status) await announce(ctx, 'case.changed', { ...aboutCase(final), fields: ['status'] });
  return shapeMessage(row);
}

async function showStatus(ctx: Ctx, before: CaseRecord, record: CaseRecord): Promise<CaseRecord> {
  const isChosen = record.status === 'resolved' || record.status === 'on_hold' || before.status === 'resolved';
  if (!isChosen || record.status === before.status) return record;
  const change = changeEntry(ctx, record, [{ field: 'status', from: before.status, to: record.status }]);
  const next = { ...record, lastEntryId: change.id, version: record.version + 1 };
  await writeWithEntry(ctx, next, change);
  return next;
}
