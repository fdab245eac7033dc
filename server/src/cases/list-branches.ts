import { NOBODY, type CaseReader } from '../platform/case-scope.ts';

export interface ListFilter {
  /** `me`, `none`, or an agent's id. */
  assignee?: string | undefined;
  /** `none` or a team's id. */
  team?: string | undefined;
}

/** A part of a list that one index holds in order. Together the branches are the list, and no case is in two of them. */
export type Branch =
  | { index: 'shelf' }
  | { index: 'team'; teamKeys: string[] }
  /** Of these teams; with `except`, of all teams but these. */
  | { index: 'assignee'; assigneeKey: string; teamKeys: string[] }
  | { index: 'assignee'; assigneeKey: string; except: string[] };

/**
 * Cuts a list along the indexes. A filter on top of an index would read until it has found a page, which takes the longer the more there is that does not fit;
 * a branch is read in order and stops. The zero key stands for nobody and for no team.
 */
export function branchesFor(reader: CaseReader, filter: ListFilter): Branch[] {
  const me = reader.agentId;
  const assignee = filter.assignee === 'me' ? me : filter.assignee === 'none' ? NOBODY : filter.assignee;
  const team = filter.team === 'none' ? NOBODY : filter.team;
  const ofAssignee = (assigneeKey: string): Branch => (team === undefined ? { index: 'assignee', assigneeKey, except: [] } : { index: 'assignee', assigneeKey, teamKeys: [team] });

  if (reader.scope === 'own') return assignee === undefined || assignee === me ? [ofAssignee(me)] : [];
  if (reader.scope === 'all') {
    if (assignee !== undefined) return [ofAssignee(assignee)];
    return [team === undefined ? { index: 'shelf' } : { index: 'team', teamKeys: [team] }];
  }
  const mine = [NOBODY, ...reader.teamIds];
  if (assignee === me) return [ofAssignee(me)];
  if (assignee !== undefined) {
    const teamKeys = team === undefined ? mine : mine.filter((key) => key === team);
    return teamKeys.length === 0 ? [] : [{ index: 'assignee', assigneeKey: assignee, teamKeys }];
  }
  if (team !== undefined) return mine.includes(team) ? [{ index: 'team', teamKeys: [team] }] : [{ index: 'assignee', assigneeKey: me, teamKeys: [team] }];
  return [{ index: 'team', teamKeys: mine }, { index: 'assignee', assigneeKey: me, except: mine }];
}
