import type { CaseDetail } from '@rapport/contract';
import { findCustomerAddress } from './customer-address-store.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { aboutCase } from '../announce-case.ts';
import { withoutLeaver } from '../assign.ts';
import { beginWithEntry, writeRecord, writeWithEntry, type CaseRecord } from '../case-store.ts';
import { changeEntry } from '../change-entry.ts';
import { cleanText } from '../clean-text.ts';
import { caseAfterChange } from '../get-case.ts';
import { previewOf } from '../preview.ts';
import { BUCKET } from '../search-text.ts';
import { holdChangeableCase } from '../see-case.ts';
import { addParticipants } from '../thread-store.ts';
import { announceMove } from './announce-move.ts';
import { findNextPromise, moveMentions, movePromises } from './belongings-store.ts';
import { insertLink, lockLinks } from './link-store.ts';
import { copyNamedParticipants, findNewest, insertMove, keepState, moveEntries, selectMovable, selectSaid, selectSenders, splitThreads } from './move-store.ts';
import { newerOf } from './merge-cases.ts';
import { waitingSinceOf } from './moved-state.ts';

export interface SplitCase {
  caseId: string;
  entryIds: readonly string[];
  subject: string;
  /** The customer of the new case: the old one's, or whoever wrote the first of the messages. */
  customer?: 'same' | 'sender';
}

async function chosenOf(ctx: Ctx, record: CaseRecord, entryIds: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(entryIds)];
  const all = await selectMovable(ctx, record.id, null);
  const chosen = all.filter(({ id }) => wanted.includes(id)).map(({ id }) => id);
  if (chosen.length !== wanted.length) throw new Refusal('invalid_request', 'body.entryIds: Choose messages and notes of this case.');
  if (chosen.length === all.length) throw new Refusal('invalid_request', 'body.entryIds: Something has to stay. Change the subject instead of splitting everything off.');
  return chosen;
}

/** How long the customer waits on a case is judged anew by what is left on it; whose turn it is stays what it was. */
const waiting = (record: CaseRecord, since: Date | null): CaseRecord => (record.waitingSince === null ? record : { ...record, waitingSince: since });

/**
 * Moves messages and notes of a case to a new one that lies with the same agent and team, and links the two. Answers to these messages find the new case. Something has to stay on
 * the old one. Refuses `case_closed`, `case_merged`, `case_aside`. One transaction; `undoMove` takes it back.
 */
export async function splitCase(ctx: Ctx, input: SplitCase): Promise<{ moveId: string; case: CaseDetail }> {
  mustBeAllowed(ctx.actor, 'case.edit');
  await lockLinks(ctx);
  const from = await holdChangeableCase(ctx, input.caseId);
  const chosen = await chosenOf(ctx, from, input.entryIds);
  const sender = input.customer === 'sender' ? (await selectSenders(ctx, from.id, chosen))[0] : undefined;
  if (input.customer === 'sender' && !sender) throw new Refusal('invalid_request', 'body.customer: None of the chosen messages is from a customer.');
  const subject = cleanText(input.subject).text;
  const now = ctx.clock.now();
  const begun = changeEntry(ctx, { lastEntryId: newerOf(...chosen), number: 0 }, [{ field: 'split', from: `#${from.number}`, to: null }], [subject]);
  const { record: fresh } = await withoutLeaver<Omit<CaseRecord, 'number'>>(ctx, {
    id: newId(), subject, channel: from.channel, inboxId: from.inboxId, customerId: sender?.customerId ?? from.customerId, status: 'open', priority: from.priority, assigneeId: from.assigneeId, teamId: from.teamId, tags: [],
    snoozedUntil: null, waitingSince: null, resolvedAt: null, lastActivityAt: now, lastEntryId: begun.id, lastIncomingId: null, preview: '', messageCount: 0, followsCaseId: null, kind: from.kind, nextPromiseAt: null, briefEntryId: null, version: 1, isDemo: from.isDemo, mergedIntoId: null, removedAs: null,
  });
  const number = await beginWithEntry(ctx, fresh, begun, BUCKET);
  const moved = await moveEntries(ctx, from, fresh.id, chosen);
  const threads = await splitThreads(ctx, from.id, fresh.id, chosen);
  await copyNamedParticipants(ctx, from.id, fresh.id, chosen);
  await moveMentions(ctx, from.id, fresh.id, chosen);
  const promiseIds = await movePromises(ctx, from.id, fresh.id, { entryIds: chosen });
  const hasBrief = from.briefEntryId !== null && chosen.includes(from.briefEntryId);
  const address = await findCustomerAddress(ctx, fresh.customerId);
  if (address !== undefined) await addParticipants(ctx, fresh.id, [address], fresh.customerId);

  const messages = moved.filter(({ kind }) => kind === 'message').length;
  const [taken, left] = [await findNewest(ctx, fresh.id), await findNewest(ctx, from.id)];
  const into: CaseRecord = { ...fresh, number, waitingSince: waitingSinceOf(await selectSaid(ctx, fresh.id)), lastIncomingId: taken.lastIncomingId, preview: previewOf(taken.text), messageCount: messages, nextPromiseAt: await findNextPromise(ctx, fresh.id), briefEntryId: hasBrief ? from.briefEntryId : null };
  await writeRecord(ctx, into);
  const told = changeEntry(ctx, from, [{ field: 'split', from: null, to: `#${number}` }]);
  const rest: CaseRecord = {
    ...waiting(from, waitingSinceOf(await selectSaid(ctx, from.id))), lastEntryId: told.id, lastIncomingId: left.lastIncomingId, preview: previewOf(left.text), messageCount: from.messageCount - messages,
    nextPromiseAt: await findNextPromise(ctx, from.id), briefEntryId: hasBrief ? null : from.briefEntryId, version: from.version + 1,
  };
  await writeWithEntry(ctx, rest, told);
  const link = { id: newId(), kind: 'split' as const, from: into.id, to: from.id };
  await insertLink(ctx, link);

  const moveId = newId();
  await insertMove(ctx, {
    id: moveId, kind: 'split', from_case_id: from.id, into_case_id: into.id, from_entry_id: told.id, into_entry_id: begun.id,
    facts: {
      entryIds: moved.map(({ id }) => id), threads, addresses: [], tags: [], linkIds: [], drafts: [], belongings: { followers: [], promiseIds }, briefEntryId: hasBrief ? from.briefEntryId : null, planIds: [],
      from: { before: keepState(from), after: keepState(rest) }, into: { before: keepState(into), after: keepState(into) },
    },
  });
  await announce(ctx, 'case.created', aboutCase(into));
  await announceMove(ctx, { id: moveId, kind: 'split', from: rest, to: into, isMerged: false });
  return { moveId, case: await caseAfterChange(ctx, into.id) };
}
