import type { EventPayload } from '@rapport/contract';
import type { CaseRecord } from './case-store.ts';

type Owners = Pick<CaseRecord, 'teamId' | 'assigneeId'>;
const distinct = <T>(list: T[]): T[] => [...new Set(list)];

/** What every event about a case says: which version it is now, and whose it is and was, so that those who lose sight of it hear of it too. */
export function aboutCase(record: Pick<CaseRecord, 'id' | 'version'> & Owners, before: Owners = record): EventPayload<'case.created'> {
  return { caseId: record.id, version: record.version, scope: { teamIds: distinct([before.teamId, record.teamId]), assigneeIds: distinct([before.assigneeId, record.assigneeId]) } };
}
