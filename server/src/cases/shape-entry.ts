import type { BriefEntry, Entry, MessageEntry } from '@rapport/contract';
import { canRetry } from './delivery-lattice.ts';
import type { EntryRow } from './entry-store.ts';
import type { BriefDetail, ChangeDetail, MessageDetail, NoteDetail } from './message-detail.ts';

export function shapeMessage(row: EntryRow): MessageEntry {
  const detail = row.detail as MessageDetail;
  const state = row.delivery_state;
  return {
    ...baseOf(row), kind: 'message', direction: row.direction ?? 'in', channel: detail.channel, subject: detail.subject, text: row.body, html: row.html, hasRemoteContent: detail.hasRemoteContent,
    from: detail.from, to: detail.to, cc: detail.cc, bcc: detail.bcc ?? [], forwardOf: detail.forwardOf ?? null, attachments: row.attachments,
    // What another program sent long ago was not delivered by us.
    delivery: state === null || detail.isImported === true ? null : { state, reason: row.delivery_reason, attempts: row.delivery_attempts, nextAttemptAt: row.next_attempt_at?.toISOString() ?? null, canRetry: canRetry(state) },
    automatic: detail.automatic, maskedCardNumbers: detail.maskedCardNumbers, isNewParticipant: detail.isNewParticipant, mail: detail.mail ?? null, visitor: detail.visitor ?? null, isNewSubject: detail.isNewSubject ?? false,
  };
}

const baseOf = (row: EntryRow) => ({
  id: row.id, caseId: row.case_id, createdAt: row.created_at.toISOString(), occurredAt: row.occurred_at.toISOString(), author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
});

export function shapeBrief(row: EntryRow): BriefEntry {
  const { asked, tried, promised, next, fromTeam, toTeam } = row.detail as BriefDetail;
  return { ...baseOf(row), kind: 'brief', asked, tried, promised, next, fromTeam, toTeam };
}

/** An entry as the contract shows it. */
export function shapeEntry(row: EntryRow): Entry {
  if (row.kind === 'message') return shapeMessage(row);
  if (row.kind === 'note') return { ...baseOf(row), kind: 'note', text: row.body, html: row.html, attachments: row.attachments, maskedCardNumbers: (row.detail as NoteDetail).maskedCardNumbers, mentions: (row.detail as NoteDetail).mentions ?? [] };
  if (row.kind === 'brief') return shapeBrief(row);
  return { ...baseOf(row), kind: 'change', changes: (row.detail as ChangeDetail).changes };
}
