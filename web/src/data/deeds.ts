import type { BodyInput, Endpoints } from '@rapport/contract';
import type { CasePatch } from './case-patch.ts';
import type { Attachment } from './draft-state.ts';

type Cases = Endpoints['cases'];
/** A chosen time, and where it was chosen. */
export interface SendTime {
  sendAt: string;
  timeZone: string;
}
/** Everything that goes through the outbox. */
export type Deed =
  | { kind: 'reply'; caseId: string; number: number; body: BodyInput<Cases['reply']>; attachments: Attachment[]; /** When it goes out; left out: after the account's time for taking back. */ at?: SendTime }
  | { kind: 'forward'; caseId: string; number: number; body: BodyInput<Endpoints['mailOut']['forward']>; attachments: Attachment[]; at?: SendTime }
  | { kind: 'note'; caseId: string; number: number; body: BodyInput<Cases['addNote']>; attachments: Attachment[] }
  | { kind: 'update'; caseId: string; patch: CasePatch }
  | { kind: 'read'; caseId: string; entryId: string }
  | { kind: 'retry'; caseId: string; entryId: string };

/** Deeds on one case follow one another, except reading, which never waits behind a held reply. */
export const laneOf = (deed: Deed) => (deed.kind === 'read' ? `read ${deed.caseId}` : deed.kind === 'note' ? `note ${deed.caseId}` : deed.caseId);

export type WrittenDeed = Extract<Deed, { kind: 'reply' | 'note' | 'forward' }>;
/** Words that somebody wrote, as against changes. */
export const isWrittenDeed = (deed: Deed): deed is WrittenDeed => deed.kind === 'reply' || deed.kind === 'note' || deed.kind === 'forward';
