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

export interface CreateCase {
  inboxId: string;
  customer: { email: string; name?: string | undefined };
  subject: string;
  note: string;
}

/** Begins a case for a customer who did not write: on the telephone, at the counter. It is open and lies with the agent who began it. */
export async function createCase(ctx: Ctx, input: CreateCase): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const inbox = await getInboxFacts(ctx, input.inboxId);
  if (!inbox.isEnabled) throw new Refusal('invalid_request', 'body.inboxId: This inbox is switched off.');
  const email = input.customer.email.toLowerCase();
  const customer = await findOrCreateByIdentity(ctx, { kind: 'email', value: email, name: input.customer.name === undefined ? null : cleanText(input.customer.name).text });
  const subject = cleanText(input.subject).text;
  const created = changeEntry(ctx, { lastEntryId: null, number: 0 }, [{ field: 'created', from: null, to: subject }], [subject, customer.name, email]);
  const now = ctx.clock.now();
  const fresh: Omit<CaseRecord, 'number'> = {
    id: newId(), subject, channel: inbox.channel, inboxId: inbox.id, customerId: customer.id, status: 'open', priority: 'normal', assigneeId: ctx.actor.kind === 'agent' ? ctx.actor.agentId : null, teamId: inbox.teamId,
    tags: [], snoozedUntil: null, waitingSince: null, resolvedAt: null, lastActivityAt: now, lastEntryId: created.id, lastIncomingId: null, preview: '', messageCount: 0, followsCaseId: null, version: 1, isDemo: inbox.isDemo,
  };
  const number = await beginWithEntry(ctx, fresh, created, BUCKET);
  await addParticipants(ctx, fresh.id, [email], customer.id);
  await announce(ctx, 'case.created', aboutCase(fresh));
  await writeNote(ctx, { ...fresh, number }, input.note);
  return caseAfterChange(ctx, fresh.id);
}
