import type { EventPayload } from '@rapport/contract';
import type { CaseRecord } from './case-store.ts';

type Standing = Pick<CaseRecord, 'teamId' | 'assigneeId' | 'removedAs'>;
const distinct = <T>(list: T[]): T[] => [...new Set(list)];

/** What every event about a case says: which version it is now, whose it is and was, and whether it is and was deleted, so that those who lose sight of it hear of it too. */
export function aboutCase(record: Pick<CaseRecord, 'id' | 'version'> & Standing, before: Standing = record): EventPayload<'case.created'> {
  const isDeleted = before.removedAs === 'deleted' && record.removedAs === 'deleted';
  return { caseId: record.id, version: record.version, scope: { teamIds: distinct([before.teamId, record.teamId]), assigneeIds: distinct([before.assigneeId, record.assigneeId]), ...(isDeleted ? { isDeleted } : {}) } };
}
