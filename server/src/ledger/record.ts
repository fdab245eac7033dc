import type { Door, Outcome } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { insertRecord, insertRecords, updateOutgoingState, type OutgoingUpdate } from './store.ts';

/** A message seen at a door, and what became of it. Card numbers are masked by the caller. */
export interface IncomingRecord {
  inboxId: string | null;
  door: Door;
  outcome: Outcome;
  /** Why it was set aside or ignored; null when the outcome says it all. */
  reason?: string | null;
  messageId: string | null;
  sender: string;
  recipient: string;
  subject: string;
  bytes: number;
  maskedCardNumbers?: number;
  caseId?: string | null;
  entryId?: string | null;
  rawKey: string | null;
  isDemo?: boolean;
}

/** A message of ours, from the moment it is queued. */
export interface OutgoingRecord {
  inboxId: string;
  messageId?: string | null;
  sender: string;
  recipients: readonly string[];
  subject: string;
  bytes: number;
  maskedCardNumbers?: number;
  caseId: string;
  entryId: string;
  isDemo?: boolean;
}

/** Fields of a stranger's mail can be any length; a row of the ledger stays a row. */
const cut = (text: string, length = 500): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
const nothing = { door: null, outcome: null, state: null, reason: null, maskedCardNumbers: 0, caseId: null, entryId: null, rawKey: null, messageId: null, isDemo: false };

/** Writes down one message seen at a door, in the transaction that decides about it. Answers the row's id. Every sighting is a row, a repeated one too. */
export async function recordIncoming(ctx: Ctx, record: IncomingRecord): Promise<string> {
  const id = newId();
  await insertRecord(ctx, {
    ...nothing, ...record, id, direction: 'in', at: ctx.clock.now(), reason: record.reason ?? null,
    messageId: record.messageId === null ? null : cut(record.messageId), sender: cut(record.sender), recipient: cut(record.recipient), subject: cut(record.subject),
  });
  return id;
}

/** Writes down a message of ours as queued; one row for each entry, whose state then follows the delivery. */
export async function recordOutgoing(ctx: Ctx, record: OutgoingRecord): Promise<string> {
  const { recipients, ...rest } = record;
  const id = newId();
  await insertRecord(ctx, { ...nothing, ...rest, id, direction: 'out', at: ctx.clock.now(), state: 'queued', sender: cut(record.sender), recipient: cut(recipients.join(', '), 1000), subject: cut(record.subject) });
  return id;
}

/** Brings the row of an outgoing message up to date: its last state and, once known, what was really sent. Whether a state may follow another is the desk's business. */
export async function updateOutgoing(ctx: Ctx, update: OutgoingUpdate): Promise<void> {
  await updateOutgoingState(ctx, update);
}

/** A message that another program received or sent and an import brought in. */
export interface ImportedRecord {
  inboxId: string;
  direction: 'in' | 'out';
  outcome: 'new_case' | 'appended';
  messageId: string | null;
  sender: string;
  recipients: readonly string[];
  subject: string;
  bytes: number;
  maskedCardNumbers: number;
  caseId: string;
  entryId: string;
  rawKey: string | null;
}

/** Writes down many imported messages at once. What others sent counts as accepted: it left long ago, by another way than ours, as its door says. */
export async function recordImported(ctx: Ctx, records: readonly ImportedRecord[]): Promise<void> {
  const at = ctx.clock.now();
  await insertRecords(ctx, records.map(({ recipients, outcome, ...rest }) => ({
    ...nothing, ...rest, id: newId(), at, door: 'import', outcome: rest.direction === 'in' ? outcome : null, state: rest.direction === 'in' ? null : 'accepted',
    messageId: rest.messageId === null ? null : cut(rest.messageId), sender: cut(rest.sender), recipient: cut(recipients.join(', ')), subject: cut(rest.subject),
  })));
}
