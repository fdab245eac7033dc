import { can, type AgentActor } from '../../platform/context.ts';
import type { FolderRow, MacroReader } from './macro-store.ts';

export function macroReader(actor: AgentActor): MacroReader {
  return { agentId: actor.agentId, teamIds: actor.teamIds, isOverTeams: actor.caseScope === 'all' && can(actor, 'macro.manage') };
}

/** What is one's own needs no right beyond writing notes; what others use needs `macro.manage`, and for a team one must be in it or above all teams. */
export function canEditFolder(actor: AgentActor, folder: Pick<FolderRow, 'audience' | 'owner_id' | 'team_id'>): boolean {
  if (!can(actor, 'case.note')) return false;
  if (folder.audience === 'personal') return folder.owner_id === actor.agentId;
  if (!can(actor, 'macro.manage')) return false;
  return folder.audience === 'everyone' || actor.caseScope === 'all' || (folder.team_id !== null && actor.teamIds.includes(folder.team_id));
}
