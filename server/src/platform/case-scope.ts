import type { CaseScope } from '@rapport/contract';
import type { Actor } from './context.ts';

/** Nobody and no team, where a key cannot be null. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** How a reader's scope is handed to the database, where `case_in_scope` spells out what it means. */
export interface CaseReader {
  scope: CaseScope;
  agentId: string;
  teamIds: readonly string[];
}

/** The system sees every case of the account; whoever may not read cases sees none, by whatever way they come. */
export function caseReader(actor: Actor): CaseReader {
  if (actor.kind === 'system') return { scope: 'all', agentId: NOBODY, teamIds: [] };
  if (!actor.permissions.has('case.read')) return { scope: 'own', agentId: NOBODY, teamIds: [] };
  return { scope: actor.caseScope, agentId: actor.agentId, teamIds: actor.teamIds };
}

/** The same decision as `case_in_scope`, for a case that is in hand already. A test holds the two together. */
export function isInScope(reader: CaseReader, { assigneeId, teamId }: { assigneeId: string | null; teamId: string | null }): boolean {
  if (reader.scope === 'all' || assigneeId === reader.agentId) return true;
  return reader.scope === 'team' && (teamId === null || reader.teamIds.includes(teamId));
}
