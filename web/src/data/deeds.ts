import type { BodyInput, CaseRow, Endpoints } from '@rapport/contract';
import type { CasePatch } from './case-patch.ts';
import type { Attachment } from './draft-state.ts';

type Cases = Endpoints['cases'];
export type StateBefore = Pick<CaseRow, 'status' | 'snoozedUntil' | 'waitingSince'>;
/** Everything that goes through the outbox. */
export type Deed =
  | { kind: 'reply'; caseId: string; number: number; body: BodyInput<Cases['reply']>; attachments: Attachment[]; /** What taking it back puts back. */ before: StateBefore }
  | { kind: 'note'; caseId: string; number: number; body: BodyInput<Cases['addNote']>; attachments: Attachment[] }
  | { kind: 'update'; caseId: string; patch: CasePatch }
  | { kind: 'read'; caseId: string; entryId: string }
  | { kind: 'retry'; caseId: string; entryId: string };

/** Deeds on one case follow one another, except reading, which never waits behind a held reply. */
export const laneOf = (deed: Deed) => (deed.kind === 'read' ? `read ${deed.caseId}` : deed.kind === 'note' ? `note ${deed.caseId}` : deed.caseId);
