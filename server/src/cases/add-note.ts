import type { Entry } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { aboutCase } from './announce-case.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { authorOf } from './change-entry.ts';
import { cleanText } from './clean-text.ts';
import { emptyDraft } from './draft-store.ts';
import { nextEntryId } from './entry-id.ts';
import type { EntryRow } from './entry-store.ts';
import { bucketOf, searchTextOf } from './search-text.ts';
import { holdChangeableCase } from './see-case.ts';
import { shapeEntry } from './shape-entry.ts';
import { takeAttachments } from './take-attachments.ts';

export type NoteEntry = Extract<Entry, { kind: 'note' }>;

/** Writes the note on a locked case and announces it. */
export async function writeNote(ctx: Ctx, before: CaseRecord, written: string, attachmentIds: readonly string[] = []): Promise<{ record: CaseRecord; row: EntryRow }> {
  const now = ctx.clock.now();
  const { text, masked } = cleanText(written);
  const id = nextEntryId(before.lastEntryId);
  const attachments = await takeAttachments(ctx, before.id, id, attachmentIds);
  const author = authorOf(ctx.actor);
  const detail = { maskedCardNumbers: masked };
  const record: CaseRecord = { ...before, lastActivityAt: now, lastEntryId: id, version: before.version + 1 };
  await writeWithEntry(ctx, record, {
    id, kind: 'note', direction: null, author, occurredAt: now, body: text, html: null, detail, rawKey: null, deliveryState: null,
    searchText: searchTextOf({ strong: [], text, filenames: attachments.map((file) => file.filename), hasEarlier: false }), searchBucket: bucketOf(before.number),
  });
  await announce(ctx, 'note.added', { ...aboutCase(record), entryId: id });
  const row: EntryRow = {
    id, case_id: record.id, kind: 'note', direction: null, author_kind: author.kind, author_id: author.id, author_name: author.name, occurred_at: now, created_at: now, body: text, html: null, detail, raw_key: null,
    delivery_state: null, delivery_reason: null, delivery_attempts: 0, next_attempt_at: null, attachments,
  };
  return { record, row };
}

/** Writes an internal note. The customer never sees it, and it changes nobody's turn. Refuses `case_closed` and `too_many_attachments`. */
export async function addNote(ctx: Ctx, input: { caseId: string; text: string; attachmentIds?: readonly string[] }): Promise<NoteEntry> {
  mustBeAllowed(ctx.actor, 'case.note');
  const before = await holdChangeableCase(ctx, input.caseId);
  const { row } = await writeNote(ctx, before, input.text, input.attachmentIds);
  if (ctx.actor.kind === 'agent') {
    const { agentId } = ctx.actor;
    const revision = await emptyDraft(ctx, before.id, agentId, 'note');
    if (revision !== undefined) await announce(ctx, 'draft.saved', { agentId, caseId: before.id, mode: 'note', revision });
  }
  return shapeEntry(row) as NoteEntry;
}
