import type { CaseDetail } from '@rapport/contract';
import { findOrCreateByIdentity } from '../customers/index.ts';
import { getInboxFacts } from '../inboxes/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { writeNote } from './add-note.ts';
import { aboutCase } from './announce-case.ts';
import { beginWithEntry, type CaseRecord } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { cleanText } from './clean-text.ts';
import { caseAfterChange } from './get-case.ts';
import { BUCKET } from './search-text.ts';
import { addParticipants } from './thread-store.ts';

export interface OpenCase {
  inboxId: string;
  customer: { email: string; name?: string | undefined };
  subject: string;
}
export interface CreateCase extends OpenCase {
  note: string;
}

/** A case for a customer who did not write, with nothing on it but its beginning. It is open and lies with the agent who began it. */
export async function openCase(ctx: Ctx, input: OpenCase): Promise<CaseRecord> {
  const inbox = await getInboxFacts(ctx, input.inboxId);
  if (!inbox.isEnabled) throw new Refusal('invalid_request', 'body.inboxId: This inbox is switched off.');
  const email = input.customer.email.toLowerCase();
  const customer = await findOrCreateByIdentity(ctx, { kind: 'email', value: email, name: input.customer.name === undefined ? null : cleanText(input.customer.name).text });
  const subject = cleanText(input.subject).text;
  const created = changeEntry(ctx, { lastEntryId: null, number: 0 }, [{ field: 'created', from: null, to: subject }], [subject, customer.name, email]);
  const now = ctx.clock.now();
  const fresh: Omit<CaseRecord, 'number'> = {
    id: newId(), subject, channel: inbox.channel, inboxId: inbox.id, customerId: customer.id, status: 'open', priority: 'normal', kind: 'question', assigneeId: ctx.actor.kind === 'agent' ? ctx.actor.agentId : null, teamId: inbox.teamId,
    tags: [], snoozedUntil: null, waitingSince: null, resolvedAt: null, lastActivityAt: now, lastEntryId: created.id, lastIncomingId: null, preview: '', messageCount: 0, followsCaseId: null, nextPromiseAt: null, briefEntryId: null, version: 1, isDemo: inbox.isDemo, mergedIntoId: null, removedAs: null,
  };
  const number = await beginWithEntry(ctx, fresh, created, BUCKET);
  await addParticipants(ctx, fresh.id, [email], customer.id);
  await announce(ctx, 'case.created', aboutCase(fresh));
  return { ...fresh, number };
}

/** Begins a case for a customer who did not write: on the telephone, at the counter. */
export async function createCase(ctx: Ctx, input: CreateCase): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const record = await openCase(ctx, input);
  await writeNote(ctx, record, input.note);
  return caseAfterChange(ctx, record.id);
}
