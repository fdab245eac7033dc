import { channelTraits } from '@rapport/contract';
import { findOrCreateByIdentity } from '../customers/index.ts';
import { getInboxFacts, ownAddressesAmong, type InboxFacts } from '../inboxes/index.ts';
import { recordIncoming } from '../ledger/index.ts';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { storable } from '../platform/storable.ts';
import { aboutCase } from './announce-case.ts';
import { withoutLeaver } from './assign.ts';
import { afterIncoming, begin } from './case-state.ts';
import { beginReceived, writeReceived, writeWithEntry, type Accompaniment, type CaseRecord, type NewEntry } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { nextEntryId } from './entry-id.ts';
import { caseByTraces, holdCaseForMessage } from './find-thread.ts';
import type { Incoming, Received } from './incoming.ts';
import type { Change, MessageDetail } from './message-detail.ts';
import { hasNewSubject } from './moving/new-subject.ts';
import { previewOf } from './preview.ts';
import { BUCKET, bucketOf, searchTextOf } from './search-text.ts';
import { writtenPart, withWrittenFirst } from './written-part.ts';
import { endAwaiting, findTraces, takesPart, type Traces } from './thread-store.ts';

// A mail may name hundreds of people or messages; beyond these they tell nothing about the matter.
const MOST_PARTICIPANTS = 60;
const MOST_ANSWERS = 60;

interface Arrival {
  incoming: Incoming;
  inbox: InboxFacts;
  traces: Traces;
  sender: { id: string; name: string };
  /** Lower case. */
  senderAddress: string;
  at: Date;
}

const isAddressed = ({ channel }: Incoming): boolean => channelTraits[channel].isAddressed;
const lower = (address: string): string => address.trim().toLowerCase();

/**
 * The one door by which customers' messages come in, whatever the channel. In the caller's transaction the message lands on its case, or begins
 * one, with its ledger row and its event; the same message again (by inbox and dedupe key) changes nothing and answers where it lies.
 * Safe under concurrency: messages of one thread received at the same moment make one case.
 */
export async function receive(ctx: Ctx, handedIn: Incoming): Promise<Received> {
  const incoming = storable(handedIn);
  const inbox = await getInboxFacts(ctx, incoming.inboxId);
  const senderAddress = lower(incoming.from.address);
  const thread = { ...incoming.thread, answers: incoming.thread.answers.slice(0, MOST_ANSWERS) };
  const traces = await findTraces(ctx, { inboxId: inbox.id, dedupeKey: incoming.dedupeKey, keys: [...new Set([...thread.own, ...thread.answers])], tokenCaseId: thread.caseId, caseNumber: thread.caseNumber, sender: senderAddress });
  if (traces.received) {
    const { caseId, entryId } = traces.received;
    return { outcome: 'duplicate', ledgerId: await recordInLedger(ctx, incoming, inbox, 'duplicate', caseId, entryId), caseId, entryId };
  }
  const sender = await findOrCreateByIdentity(ctx, { ...(incoming.identity ?? { kind: 'email', value: senderAddress }), name: incoming.from.name, isDemo: inbox.isDemo });
  const now = ctx.clock.now();
  // A sender's clock that runs ahead must not make anybody wait from the future.
  const at = incoming.occurredAt < now ? incoming.occurredAt : now;
  const found = caseByTraces(traces, thread);
  // What goes on with one of our matters was written to us, however many it was sent to.
  const automatic = incoming.automatic === 'list' && found !== undefined ? null : incoming.automatic;
  const arrival: Arrival = { incoming: { ...incoming, automatic, thread }, inbox, traces, sender, senderAddress, at };
  const held = found === undefined ? undefined : await holdCaseForMessage(ctx, found, inbox.settings.reopenDays);
  return held && 'record' in held ? appendTo(ctx, held.record, arrival) : beginCase(ctx, held?.follows, arrival);
}

async function appendTo(ctx: Ctx, before: CaseRecord, arrival: Arrival): Promise<Received> {
  const { incoming } = arrival;
  const isAutomatic = incoming.automatic !== null;
  let record = { ...before, ...afterIncoming(before, arrival.at, isAutomatic), version: before.version + 1 };
  const kept = isAutomatic ? { record, off: [] } : await withoutLeaver(ctx, record);
  const reopened: Change[] = before.status === 'resolved' && record.status === 'open' ? [{ field: 'status', from: before.status, to: record.status }] : [];
  if (reopened.length + kept.off.length > 0) {
    const change = changeEntry(ctx, before, [...reopened, ...kept.off]);
    record = { ...kept.record, lastEntryId: change.id, version: record.version + 1 };
    await writeWithEntry(ctx, record, change);
  }
  // Whoever holds the key of a conversation is the one who began it; only addresses can be somebody else's.
  const isNewParticipant = isAddressed(incoming) && !(await takesPart(ctx, record.id, arrival.senderAddress));
  const isNewSubject = !isAutomatic && isAddressed(incoming) && (await hasNewSubject(ctx, record, incoming.subject));
  const entry = messageEntry(ctx, arrival, nextEntryId(record.lastEntryId), { isNewParticipant, isNewSubject, hasEarlier: true, caseNumber: record.number });
  record = { ...record, lastEntryId: entry.id, lastIncomingId: entry.id, lastActivityAt: ctx.clock.now(), preview: previewOf(writtenPart(incoming)), messageCount: record.messageCount + 1 };
  await writeReceived(ctx, record, arrival.inbox.id, entry, await accompaniment(ctx, arrival, !isNewParticipant));
  const fields = [...(record.status === before.status ? [] : ['status']), ...(record.assigneeId === before.assigneeId ? [] : ['assignee'])];
  if (fields.length > 0) await announce(ctx, 'case.changed', { ...aboutCase(record, before), fields });
  return finish(ctx, 'appended', record, entry, arrival, before.snoozedUntil !== null && record.snoozedUntil === null);
}

async function beginCase(ctx: Ctx, follows: CaseRecord | undefined, arrival: Arrival): Promise<Received> {
  const { incoming, inbox, sender } = arrival;
  // Behind what the case before ended with: whoever reads on from there misses nothing.
  const entry = messageEntry(ctx, arrival, nextEntryId(follows?.lastEntryId ?? null), { isNewParticipant: false, isNewSubject: false, hasEarlier: false, caseNumber: 0 });
  const fresh: Omit<CaseRecord, 'number'> = {
    ...begin(arrival.at, incoming.automatic !== null), id: newId(), subject: incoming.subject.trim() === '' ? previewOf(writtenPart(incoming)).slice(0, 80) || '—' : incoming.subject.trim(), channel: incoming.channel, inboxId: inbox.id, customerId: sender.id,
    priority: 'normal', kind: 'question', assigneeId: null, teamId: follows?.teamId ?? inbox.teamId, tags: [], lastActivityAt: ctx.clock.now(), lastEntryId: entry.id, lastIncomingId: entry.id,
    preview: previewOf(writtenPart(incoming)), messageCount: 1, followsCaseId: follows?.id ?? null, nextPromiseAt: null, briefEntryId: null, version: 1, isDemo: inbox.isDemo, mergedIntoId: null, removedAs: null,
  };
  const number = await beginReceived(ctx, fresh, entry, await accompaniment(ctx, arrival, true), BUCKET);
  let record: CaseRecord = { ...fresh, number };
  if (follows) {
    const change = changeEntry(ctx, record, [{ field: 'created', from: `#${follows.number}`, to: `#${number}` }]);
    record = { ...record, lastEntryId: change.id, version: 2 };
    await writeWithEntry(ctx, record, change);
  }
  await announce(ctx, 'case.created', aboutCase(record));
  return finish(ctx, 'new_case', record, entry, arrival);
}

async function finish(ctx: Ctx, outcome: 'new_case' | 'appended', record: CaseRecord, entry: NewEntry, { incoming, inbox, traces }: Arrival, wasSnoozed = false): Promise<Received> {
  const awaited = incoming.thread.own.filter((key) => traces.threads.get(key)?.isAwaited === true);
  if (awaited.length > 0) await endAwaiting(ctx, inbox.id, awaited);
  const ledgerId = await recordInLedger(ctx, incoming, inbox, outcome, record.id, entry.id);
  await announce(ctx, 'message.received', { ...aboutCase(record), entryId: entry.id, inboxId: inbox.id, isNewCase: outcome === 'new_case', automatic: incoming.automatic, ...(incoming.conversation === undefined ? {} : { conversation: incoming.conversation }), ...(wasSnoozed ? { wasSnoozed } : {}) });
  return { outcome, ledgerId, caseId: record.id, entryId: entry.id };
}

function messageEntry(ctx: Ctx, { incoming, inbox, sender, at }: Arrival, id: string, facts: { isNewParticipant: boolean; isNewSubject: boolean; hasEarlier: boolean; caseNumber: number }): NewEntry {
  const name = incoming.from.name?.trim() || sender.name;
  const detail: MessageDetail = {
    channel: inbox.channel, subject: incoming.subject, from: incoming.from, to: incoming.to, cc: incoming.cc, replyTo: incoming.replyTo, hasRemoteContent: incoming.hasRemoteContent, automatic: incoming.automatic,
    maskedCardNumbers: incoming.maskedCardNumbers, isNewParticipant: facts.isNewParticipant, ...(facts.isNewSubject ? { isNewSubject: true } : {}), messageId: incoming.messageId, ...(incoming.mail === undefined ? {} : { mail: incoming.mail }), ...(incoming.visitor === undefined ? {} : { visitor: incoming.visitor }),
  };
  const filenames = incoming.attachments.filter((attachment) => !attachment.isInline).map((attachment) => attachment.filename);
  return {
    id, kind: 'message', direction: 'in', author: { kind: 'customer', id: sender.id, name }, occurredAt: at, body: incoming.text, html: incoming.html, detail,
    searchText: searchTextOf({ strong: [incoming.subject, incoming.from.name, incoming.from.address], text: withWrittenFirst(incoming, facts.hasEarlier), filenames, hasEarlier: facts.hasEarlier }),
    searchBucket: bucketOf(facts.caseNumber), rawKey: incoming.rawKey, deliveryState: null, conversation: incoming.conversation,
  };
}

/** Files, people and thread keys that come along. Keys that are known already, for whatever case, stay as they are. */
async function accompaniment(ctx: Ctx, { incoming, inbox, traces, sender, senderAddress }: Arrival, isKnown: boolean): Promise<Accompaniment> {
  const others = [...incoming.to, ...incoming.cc].map(({ address, name }) => ({ address: lower(address), name })).slice(0, MOST_PARTICIPANTS);
  const own = await ownAddressesAmong(ctx, inbox.channel, others.map(({ address }) => address));
  const participants = new Map<string, Accompaniment['participants'][number]>(isAddressed(incoming) ? [[senderAddress, { address: senderAddress, name: incoming.from.name, customerId: sender.id, isKnown }]] : []);
  for (const other of others) if (!own.has(other.address) && !participants.has(other.address)) participants.set(other.address, { ...other, customerId: null, isKnown });
  const keys = new Map<string, boolean>();
  for (const key of incoming.thread.answers) keys.set(key, true);
  for (const key of incoming.thread.own) keys.set(key, false);
  return {
    attachments: incoming.attachments.map((attachment) => ({ id: newId(), ...attachment })),
    participants: [...participants.values()],
    // In one order for everybody: two transactions that want the same keys then wait instead of locking each other out.
    threadKeys: [...keys].filter(([key]) => !traces.threads.has(key)).map(([key, isAwaited]) => ({ key, isAwaited })).sort((a, b) => (a.key < b.key ? -1 : 1)),
    dedupeKey: incoming.dedupeKey,
  };
}

function recordInLedger(ctx: Ctx, incoming: Incoming, inbox: InboxFacts, outcome: 'new_case' | 'appended' | 'duplicate', caseId: string, entryId: string): Promise<string> {
  return recordIncoming(ctx, {
    inboxId: incoming.inboxId, door: incoming.door, outcome, messageId: incoming.messageId, sender: incoming.from.address || (incoming.identity?.value ?? ''), recipient: incoming.to.map(({ address }) => address).join(', '), subject: incoming.subject,
    bytes: incoming.rawBytes, maskedCardNumbers: incoming.maskedCardNumbers, caseId, entryId, rawKey: incoming.rawKey, isDemo: inbox.isDemo,
  });
}
