import type { Entry } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { aboutCase } from './announce-case.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { authorOf } from './change-entry.ts';
import { cleanWritten, type Written } from './clean-text.ts';
import { mustHaveSeenMessages } from './collision.ts';
import { emptyDraft } from './draft-store.ts';
import { nextEntryId } from './entry-id.ts';
import type { EntryRow } from './entry-store.ts';
import { readMentions, tellMentioned } from './mention.ts';
import { writeNewPromise, type NewPromise } from './promises.ts';
import { bucketOf, searchTextOf } from './search-text.ts';
import { holdChangeableCase } from './see-case.ts';
import { shapeEntry } from './shape-entry.ts';
import { takeAttachments } from './take-attachments.ts';

export type NoteEntry = Extract<Entry, { kind: 'note' }>;

/** Writes the note on a locked case and announces it. */
export async function writeNote(ctx: Ctx, before: CaseRecord, written: string | Written, attachmentIds: readonly string[] = [], mentionIds: readonly string[] = []): Promise<{ record: CaseRecord; row: EntryRow }> {
  const now = ctx.clock.now();
  const id = nextEntryId(before.lastEntryId);
  const attachments = await takeAttachments(ctx, before.id, id, attachmentIds);
  const { text, html, masked } = cleanWritten(typeof written === 'string' ? { text: written } : written, (contentId) => attachments.some((file) => file.contentId === contentId));
  const author = authorOf(ctx.actor);
  const mentions = await readMentions(ctx, before, mentionIds);
  const detail = { maskedCardNumbers: masked, ...(mentions.length > 0 ? { mentions } : {}) };
  const record: CaseRecord = { ...before, lastActivityAt: now, lastEntryId: id, version: before.version + 1 };
  await writeWithEntry(ctx, record, {
    id, kind: 'note', direction: null, author, occurredAt: now, body: text, html, detail, rawKey: null, deliveryState: null,
    searchText: searchTextOf({ strong: [], text, filenames: attachments.map((file) => file.filename), hasEarlier: false }), searchBucket: bucketOf(before.number),
  });
  await announce(ctx, 'note.added', { ...aboutCase(record), entryId: id });
  await tellMentioned(ctx, record, id, mentions);
  const row: EntryRow = {
    id, case_id: record.id, kind: 'note', direction: null, author_kind: author.kind, author_id: author.id, author_name: author.name, occurred_at: now, created_at: now, body: text, html, detail, raw_key: null,
    delivery_state: null, delivery_reason: null, delivery_attempts: 0, next_attempt_at: null, attachments,
  };
  return { record, row };
}

export interface AddNote {
  caseId: string;
  text: string;
  /** The same, formatted; the text is then made from it. */
  html?: string | undefined;
  attachmentIds?: readonly string[];
  /** Colleagues who are told, as far as they may see the case, and follow it from now on. */
  mentionIds?: readonly string[];
  /** The newest entry the writer has seen. */
  seenEntryId?: string | undefined;
  promise?: NewPromise | undefined;
}

/**
 * Writes an internal note. The customer never sees it, and it changes nobody's turn. Refuses `case_closed`, `too_many_attachments`, `newer_message` (when something was written after
 * `seenEntryId`) and what a promise may be refused for.
 */
export async function addNote(ctx: Ctx, input: AddNote): Promise<NoteEntry> {
  mustBeAllowed(ctx.actor, 'case.note');
  const before = await holdChangeableCase(ctx, input.caseId);
  if (input.seenEntryId !== undefined) await mustHaveSeenMessages(ctx, before.id, input.seenEntryId, 'Read it first; your note is kept and nothing was written.');
  const { record, row } = await writeNote(ctx, before, input, input.attachmentIds, input.mentionIds);
  if (input.promise !== undefined) await writeNewPromise(ctx, record, input.promise, row.id);
  if (ctx.actor.kind === 'agent') {
    const { agentId } = ctx.actor;
    const revision = await emptyDraft(ctx, before.id, agentId, 'note');
    if (revision !== undefined) await announce(ctx, 'draft.saved', { agentId, caseId: before.id, mode: 'note', revision });
  }
  return shapeEntry(row) as NoteEntry;
}
