import type { CaseScope } from '@rapport/contract';
import type { Actor } from './context.ts';

/** Nobody and no team, where a key cannot be null. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** How a reader's scope is handed to the database, where `case_in_scope` spells out what it means. */
export interface CaseReader {
  scope: CaseScope;
  agentId: string;
  teamIds: readonly string[];
  /** Deleted cases are seen only by those who may delete. */
  seesDeleted: boolean;
}

/** The system sees every case of the account; whoever may not read cases sees none, by whatever way they come. */
export function caseReader(actor: Actor): CaseReader {
  if (actor.kind === 'system') return { scope: 'all', agentId: NOBODY, teamIds: [], seesDeleted: true };
  if (!actor.permissions.has('case.read')) return { scope: 'own', agentId: NOBODY, teamIds: [], seesDeleted: false };
  return { scope: actor.caseScope, agentId: actor.agentId, teamIds: actor.teamIds, seesDeleted: actor.permissions.has('case.delete') };
}

/** Where a case stands, or stood before a change, as far as seeing it is concerned. */
export interface CaseScopeFacts {
  teamIds: readonly (string | null)[];
  assigneeIds: readonly (string | null)[];
  /** It was deleted before and is still. */
  isDeleted?: boolean | undefined;
}

/** Whether the reader's scope shows a case that lies, or lay, with one of these teams or assignees. Before and after need not stand in the same place of both lists: who could see any of the pairs may hear. */
export function isAnyInScope(reader: CaseReader, { teamIds, assigneeIds, isDeleted = false }: CaseScopeFacts): boolean {
  return (reader.seesDeleted || !isDeleted) && assigneeIds.some((assigneeId) => teamIds.some((teamId) => isInScope(reader, { assigneeId, teamId })));
}

/** The same decision as `case_in_scope`, for a case that is in hand already. A test holds the two together. */
export function isInScope(reader: Omit<CaseReader, 'seesDeleted'>, { assigneeId, teamId }: { assigneeId: string | null; teamId: string | null }): boolean {
  if (reader.scope === 'all' || assigneeId === reader.agentId) return true;
  return reader.scope === 'team' && (teamId === null || reader.teamIds.includes(teamId));
}
