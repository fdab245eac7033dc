import type { Agent, BodyInput, CaseRow, Endpoints, Team } from '@rapport/contract';
import { shelfOf } from './views.ts';

export type CasePatch = Omit<BodyInput<Endpoints['cases']['update']>, 'version'>;
export interface People {
  agents: readonly Pick<Agent, 'id' | 'name'>[];
  teams: readonly Pick<Team, 'id' | 'name'>[];
}

const named = (id: string | null, list: readonly { id: string; name: string }[]) => (id === null ? null : { id, name: list.find((one) => one.id === id)?.name ?? '…' });

/** The case as it will be when the server has taken the change. Works on a row and on a whole case alike. */
export function applyPatch<T extends CaseRow>(row: T, patch: CasePatch, people: People, now = Date.now()): T {
  const next = { ...row };
  if (patch.status !== undefined) {
    next.status = patch.status;
    // Any word about the status wakes a snoozed case, as on the server.
    next.snoozedUntil = null;
    if (patch.status !== 'open') next.waitingSince = null;
  }
  if (patch.priority !== undefined) next.priority = patch.priority;
  if (patch.kind !== undefined) next.kind = patch.kind;
  if (patch.subject !== undefined) next.subject = patch.subject;
  if (patch.assigneeId !== undefined) next.assignee = named(patch.assigneeId, people.agents);
  if (patch.teamId !== undefined) next.team = named(patch.teamId, people.teams);
  if (patch.snoozedUntil !== undefined) next.snoozedUntil = patch.snoozedUntil;
  if (patch.addTags || patch.removeTags) next.tags = [...new Set([...row.tags, ...(patch.addTags ?? [])])].filter((tag) => !patch.removeTags?.includes(tag));
  next.shelf = shelfOf(next.status, next.snoozedUntil, now);
  return next;
}

/** The change that puts back what a patch changes. */
export function inverseOf(row: CaseRow, patch: CasePatch): CasePatch {
  const back: CasePatch = {};
  if (patch.status !== undefined) back.status = row.status === 'new' ? 'open' : row.status;
  if (patch.priority !== undefined) back.priority = row.priority;
  if (patch.kind !== undefined) back.kind = row.kind;
  if (patch.subject !== undefined) back.subject = row.subject;
  if (patch.assigneeId !== undefined) back.assigneeId = row.assignee?.id ?? null;
  if (patch.teamId !== undefined) back.teamId = row.team?.id ?? null;
  if (patch.snoozedUntil !== undefined || (patch.status !== undefined && row.snoozedUntil !== null)) back.snoozedUntil = row.snoozedUntil;
  const added = patch.addTags?.filter((tag) => !row.tags.includes(tag));
  const removed = patch.removeTags?.filter((tag) => row.tags.includes(tag));
  if (added?.length) back.removeTags = added;
  if (removed?.length) back.addTags = removed;
  return back;
}
