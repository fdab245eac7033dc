import { isDeepStrictEqual } from 'node:util';
import type { CaseKind, CasePriority, CaseStatus } from '@rapport/contract';
import { caseReader, isInScope } from '../../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { withoutLeaver } from '../assign.ts';
import { lockRecord, type CaseRecord } from '../case-store.ts';
import { deleteFollower, insertFollowers } from '../follow-store.ts';
import { findAgentFacts, findTeamName } from '../owner-store.ts';
import type { Change } from '../message-detail.ts';
import { noSuchCase } from '../see-case.ts';
import { changesBetween, writeChanges } from '../update-case.ts';
import type { Snapshot } from './bulk-store.ts';
import { stateOf } from './change-one.ts';

const date = (text: string | null) => (text === null ? null : new Date(text));

/** The case as it was before the run, as far as nobody changed the same since; and whether that is all of it. */
function restored(record: CaseRecord, was: Snapshot, is: Snapshot): { next: CaseRecord; isWhole: boolean } {
  const next = { ...record };
  let isWhole = true;
  const put = (key: keyof Snapshot, now: unknown, apply: () => void) => {
    if (!(key in is)) return;
    // Not compared as text: the database keeps the parts of an object in an order of its own.
    if (isDeepStrictEqual(now, is[key])) apply();
    else isWhole = false;
  };
  put('state', stateOf(record), () => {
    if (!was.state) return;
    const { status, snoozedUntil, waitingSince, resolvedAt } = was.state;
    // The time a case slept until may have passed meanwhile; then it is awake.
    Object.assign(next, { status: status as CaseStatus, snoozedUntil: date(snoozedUntil), waitingSince: date(waitingSince), resolvedAt: date(resolvedAt) });
  });
  put('priority', record.priority, () => (next.priority = was.priority as CasePriority));
  put('kind', record.kind, () => (next.kind = was.kind as CaseKind));
  put('assigneeId', record.assigneeId, () => (next.assigneeId = was.assigneeId ?? null));
  put('teamId', record.teamId, () => (next.teamId = was.teamId ?? null));
  // The brief stays on the timeline; pinned is what was pinned before.
  put('briefEntryId', record.briefEntryId, () => (next.briefEntryId = was.briefEntryId ?? null));
  if (was.tags && is.tags) {
    const [before, after] = [was.tags, is.tags];
    const isLeft = after.filter((tag) => !before.includes(tag)).every((tag) => record.tags.includes(tag)) && before.filter((tag) => !after.includes(tag)).every((tag) => !record.tags.includes(tag));
    isWhole &&= isLeft;
    next.tags = [...record.tags.filter((tag) => before.includes(tag) || !after.includes(tag)), ...before.filter((tag) => !after.includes(tag) && !record.tags.includes(tag))];
  }
  return { next, isWhole };
}

async function ownerChanges(ctx: Ctx, before: CaseRecord, after: CaseRecord): Promise<Change[]> {
  const changes: Change[] = [];
  const team = async (id: string | null) => (id === null ? null : ((await findTeamName(ctx, id)) ?? null));
  const agent = async (id: string | null) => (id === null ? null : ((await findAgentFacts(ctx, id))?.name ?? null));
  if (after.teamId !== before.teamId) changes.push({ field: 'team', from: await team(before.teamId), to: await team(after.teamId) });
  if (after.assigneeId !== before.assigneeId) changes.push({ field: 'assignee', from: await agent(before.assigneeId), to: await agent(after.assigneeId) });
  return changes;
}

/**
 * Puts one case back. Answers whether everything could be: what somebody changed since stays as they left it. Whoever moved a case out of their own sight may still take it back.
 * Throws `not_found` and `case_closed`.
 */
export async function restoreOne(ctx: Ctx & { actor: AgentActor }, caseId: string, was: Snapshot, is: Snapshot): Promise<boolean> {
  const record = await lockRecord(ctx, caseId);
  if (!record) throw noSuchCase();
  const reader = caseReader(ctx.actor);
  const owners = { assigneeId: was.assigneeId === undefined ? record.assigneeId : was.assigneeId, teamId: was.teamId === undefined ? record.teamId : was.teamId };
  if (!isInScope(reader, record) && !isInScope(reader, owners)) throw noSuchCase();
  if (record.status === 'closed') throw new Refusal('case_closed', 'A closed case stays as it is.');
  const { next: put, isWhole } = restored(record, was, is);
  const { record: next, off } = await withoutLeaver(ctx, put);
  const changes = [...changesBetween(record, next), ...(await ownerChanges(ctx, record, next))];
  if (changes.length > 0 || next.briefEntryId !== record.briefEntryId) await writeChanges(ctx, record, next, changes);
  if (is.isFollowing === true) await deleteFollower(ctx, caseId, ctx.actor.agentId);
  if (is.isFollowing === false) await insertFollowers(ctx, caseId, [ctx.actor.agentId]);
  return isWhole && off.length === 0;
}
